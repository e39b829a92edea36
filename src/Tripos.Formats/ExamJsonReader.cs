using System.Text.Json;

namespace Tripos.Formats;

/// <summary>Reads the JSON of one exam, bare or embedded in a saved web page.</summary>
/// <remarks>The format, with all its variants, is described in docs/formats/exam-json.md.</remarks>
public static class ExamJsonReader
{
    /// <summary>The largest file read unless another limit is given: 32 MB.</summary>
    public const long LargestFile = 32L << 20;

    /// <summary>The most questions one exam can have.</summary>
    public const int MostQuestions = 10_000;

    private static readonly string[] Types = ["quiz", "test", "exam", "assessment", "mock", "practice"];

    /// <summary>Reads one exam. Bad input gives errors, never an exception.</summary>
    /// <param name="stream">The file; read to its end or to the limit, not closed.</param>
    /// <param name="fileName">Its name: used for the type, for a missing title and in the diagnostics.</param>
    /// <param name="largest">Bytes after which the file is refused.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <returns>The exam, or the errors that prevent it.</returns>
    public static async Task<ReadResult<ExamFile>> ReadAsync(Stream stream, string fileName, long largest = LargestFile, CancellationToken ct = default)
    {
        var problems = new DiagnosticList(fileName);
        byte[]? bytes = await JsonInput.ReadAsync(stream, largest, problems, ct);
        using var document = bytes is null ? null : JsonInput.Parse(bytes, problems);
        var exam = document is null ? null : Read(document.RootElement, problems);
        return new(problems.HasErrors ? null : exam, problems.All);
    }

    internal static ExamFile? Read(JsonElement root, DiagnosticList problems)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            problems.Error("", $"An exam is a JSON object with \"questions\"; this is {JsonFields.Kind(root)}.", "Wrap the questions: {\"title\": …, \"questions\": [ … ]}.");
            return null;
        }

        var fields = new JsonFields(root, "", problems);
        var questions = Questions(fields, problems);
        string? title = fields.Name(300, "title", "name") is { } given ? HtmlSanitizer.ToText(given) : null;
        return new ExamFile
        {
            ExternalId = fields.Name(200, "id", "examId"),
            Title = string.IsNullOrEmpty(title) ? FileNames.TitleOf(problems.File) : title,
            TitleIsFromFileName = string.IsNullOrEmpty(title),
            Type = TypeOf(root, fields, problems.File),
            Description = fields.Text("description") is { } description ? HtmlSanitizer.ToText(description) : null,
            Module = fields.Name(200, "module", "moduleName"),
            TimeLimitMs = Duration(fields, problems, "timeLimitInMinutes", "timeLimitMinutes", "timeLimitInSeconds"),
            WarnBeforeMs = Duration(fields, problems, "timeWarningInMinutes", "timeWarningMinutes", "timeWarningInSeconds"),
            PassMarkPercent = (float?)fields.Number(0, 100, "passMarkPercent", "passMark", "passingScore"),
            ShuffleQuestions = fields.Flag("shuffleQuestions"),
            ShuffleOptions = fields.Flag("shuffleAnswers", "shuffleOptions"),
            AllowedAttempts = Attempts(fields),
            GraceMs = fields.Number(0, 86_400, "graceInSeconds") is { } grace ? (int)(grace * 1000) : null,
            ShowReview = fields.Flag("showReviewAfterSubmitting", "showReview"),
            ShowCorrectness = fields.Flag("showCorrectness"),
            ShowAnswers = fields.Flag("showAnswers"),
            ShowExplanations = fields.Flag("showExplanations"),
            ShowScore = fields.Flag("showScore"),
            ScoringProfile = fields.Name(50, "scoringProfile"),
            Linear = fields.Flag("linear"),
            TeachersMark = fields.Flag("teachersMark"),
            Parts = Parts(fields, problems),
            Questions = questions,
            Metadata = fields.Rest(),
        };
    }

    private static List<ExamPart>? Parts(JsonFields fields, DiagnosticList problems)
    {
        if (fields.Find(out string name, "parts") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        List<ExamPart> parts = [];
        foreach (var (i, element) in list.EnumerateArray().Index())
        {
            string path = $"{name}[{i}]";
            var part = element.ValueKind == JsonValueKind.Object ? new JsonFields(element, path, problems) : null;
            if (part?.Name(200, "sectionId", "section") is not { } section)
            {
                problems.Error(path, "The part does not say which section it is made of.", "Write {\"sectionId\": …, \"title\": …}.");
                continue;
            }

            parts.Add(new ExamPart(section, part.Name(200, "title") ?? section, Duration(part, problems, "timeLimitInMinutes", "timeLimitMinutes", "timeLimitInSeconds")));
        }

        return parts;
    }

    private static List<ExamQuestion> Questions(JsonFields fields, DiagnosticList problems)
    {
        if (fields.Find(out string name, "questions") is not { } list || list.ValueKind != JsonValueKind.Array)
        {
            problems.Error("questions", "There is no list of questions.", "An exam is {\"title\": …, \"questions\": [ … ]}.");
            return [];
        }

        int count = list.GetArrayLength();
        if (count is 0 or > MostQuestions)
        {
            problems.Error(name, count == 0 ? "The exam has no questions." : $"The exam has {count} questions; at most {MostQuestions} are possible.", count == 0 ? "Export an exam that has some." : "Split it.");
            return [];
        }

        List<ExamQuestion> questions = new(count);
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (ExamQuestionReader.Read(list[i], i, problems) is { } question)
            {
                RefuseRepeatedId(question, i, ids, problems);
                questions.Add(question);
            }
        }

        return questions;
    }

    private static void RefuseRepeatedId(ExamQuestion question, int index, Dictionary<string, int> ids, DiagnosticList problems)
    {
        if (question.ExternalId is { } id && !ids.TryAdd(id, index))
        {
            problems.Error($"questions[{index}].id", $"The id \"{id}\" is also that of questions[{ids[id]}].", "Give every question of the exam its own id, or none.");
        }
    }

    private static string TypeOf(JsonElement root, JsonFields fields, string fileName)
    {
        // Our own exports say what they are; a foreign "type" that means something else stays metadata.
        bool says = root.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && Types.Any(t => type.ValueEquals(t));
        return says ? fields.Name(20, "type")! : FileNames.TypeOf(fileName);
    }

    private static int? Attempts(JsonFields fields)
    {
        var unlimited = fields.Flag("unlimitedAttempts");
        var allowed = (int?)fields.Number(0, 1_000_000, "allowedAttempts", "maxAttempts");
        return unlimited == true ? 0 : allowed;
    }

    private static long? Duration(JsonFields fields, DiagnosticList problems, string minutesName, string minutesAlias, string secondsName)
    {
        const double week = 7 * 24 * 60;
        var minutes = fields.Number(0, week, minutesName, minutesAlias);
        var seconds = fields.Number(0, week * 60, secondsName);
        if (minutes is not null && seconds is not null && Math.Abs(minutes.Value * 60 - seconds.Value) > 0.5)
        {
            problems.Error(secondsName, $"It contradicts {minutesName}.", "Keep one of the two.");
        }

        return minutes is not null ? (long)(minutes * 60_000) : seconds is not null ? (long)(seconds * 1000) : null;
    }
}
