using System.Globalization;
using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Reads one question of an exam JSON.</summary>
internal static class ExamQuestionReader
{
    private const int MostOptions = 100;
    private const int MostTags = 20;
    private const int LongestTag = 50;

    public static ExamQuestion? Read(JsonElement element, int index, DiagnosticList problems)
    {
        string path = $"questions[{index}]";
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Error(path, $"A question is an object; this is {JsonFields.Kind(element)}.", "Write {\"question\": …, \"options\": [ … ]}.");
            return null;
        }

        var fields = new JsonFields(element, path, problems);
        if ((NativeBody.IsIn(fields) ? Native(fields, index, problems) : Choice(fields, path, index, problems)) is not { } question)
        {
            return null;
        }

        var (module, topic) = TopicOf(fields);
        return question with
        {
            ExternalId = fields.Name(200, "id", "questionId"),
            Difficulty = Difficulty(fields, problems),
            Module = module,
            Topic = topic,
            Section = fields.Name(200, "sectionId", "section"),
            Points = (float?)fields.Number(0, 1000, "points"),
            Tags = fields.Words("tags", MostTags, LongestTag),
            IsDraft = IsDraft(element, fields),
            Metadata = fields.Rest(),
        };
    }

    private static ExamQuestion? Native(JsonFields fields, int index, DiagnosticList problems) => NativeBody.Read(fields, problems) is var (kind, body)
        ? new ExamQuestion(index + 1, kind, body) { IsNative = true, StatesKind = true, HasOptionIds = true }
        : null;

    private static ExamQuestion? Choice(JsonFields fields, string path, int index, DiagnosticList problems)
    {
        if (fields.Find(out _, "options", "answers", "choices") is null && fields.Name(100, "type") is { } type && QuestionKinds.TryFind(type, out var known))
        {
            problems.Error(fields.At("body"), $"A question of the kind \"{known.Name}\" has a body; this one has none.", "Write {\"type\": …, \"body\": { … }}.");
            return null;
        }

        var (prompt, code) = Prompt(fields, path, problems);
        var options = ExamOptions.Read(fields, path, MostOptions, problems);
        if (options is null || prompt.Length == 0)
        {
            return null;
        }

        var body = Body(fields, path, prompt, code, options, problems);
        return new ExamQuestion(index + 1, QuestionKinds.PlainOf(body), body)
        {
            HasOptionIds = options.HasIds,
            StatesKind = fields.Name(100, "type", "questionType") is not null || body is MultipleChoice,
        };
    }

    // Another word in a foreign file means something else there, and stays metadata.
    private static bool? IsDraft(JsonElement question, JsonFields fields) =>
        !question.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.String || !(status.ValueEquals("draft") || status.ValueEquals("live"))
            ? null : fields.Name(10, "status") == "draft";

    private static (string Prompt, CodeBlock? Code) Prompt(JsonFields fields, string path, DiagnosticList problems)
    {
        string? text = fields.Text("question", "questionText", "text", "prompt");
        string? language = fields.Name(30, "codeLanguage", "language");
        var field = fields.Text("code", "codeSnippet") is { } code ? CodeBlocks.FromField(code, language?.ToLowerInvariant()) : null;
        var (prompt, block) = text is null ? ("", null) : field is null ? CodeBlocks.Split(text) : (HtmlSanitizer.Sanitize(text), null);
        if (HtmlSanitizer.ToText(prompt).Length == 0 && !prompt.Contains("<img", StringComparison.Ordinal))
        {
            problems.Error(fields.At("question"), "The question has no text.", "Write what is asked.");
            return ("", null);
        }

        return (prompt, field ?? (block is { Language: null } && language is not null ? block with { Language = language.ToLowerInvariant() } : block));
    }

    private static ChoiceBody Body(JsonFields fields, string path, string prompt, CodeBlock? code, ExamOptions options, DiagnosticList problems)
    {
        string[] key = ExamKey.Read(fields, path, options, problems);
        var most = (int?)fields.Number(0, 1000, "maxResponses", "maxChoices");
        string? explanation = Html(fields.Text("explanation", "feedback", "rationale"));
        bool shuffle = fields.Flag("shuffleOptions", "shuffleAnswers") ?? true;
        if (IsMultiple(fields, path, key.Length, most, problems))
        {
            return new MultipleChoice
            {
                Format = ContentFormat.Html, Prompt = prompt, Code = code, Explanation = explanation, Options = options.All, Key = key,
                ShuffleOptions = shuffle, MaxResponses = MostOf(most, key.Length, options.All.Count, path, problems),
            };
        }

        return new SingleChoice { Format = ContentFormat.Html, Prompt = prompt, Code = code, Explanation = explanation, Options = options.All, Key = key, ShuffleOptions = shuffle };
    }

    private static bool IsMultiple(JsonFields fields, string path, int keyCount, int? most, DiagnosticList problems)
    {
        string? type = fields.Name(100, "type", "questionType");
        bool? multiple = type is null ? null : TypeIsMultiple(type);
        if (type is not null && multiple is null)
        {
            problems.Error(path + ".type", $"Questions of type \"{type}\" cannot be imported.", "Use \"Single Choice\" or \"Multiple Choice\", or a kind with its body: {\"type\": \"matching\", \"body\": { … }}.");
        }

        if (multiple == false && keyCount > 1)
        {
            problems.Warning(path + ".type", $"It says \"{type}\", but {keyCount} options are right: imported as multiple choice.", "Correct the type or the key if that is not meant.");
            return true;
        }

        return multiple ?? (keyCount > 1 || most > 1);
    }

    private static bool? TypeIsMultiple(string type)
    {
        string letters = string.Concat(type.Where(char.IsAsciiLetter)).ToLowerInvariant();
        return letters switch
        {
            "singlechoice" or "single" or "singleselect" or "singleanswer" or "radio" or "truefalse" or "mcq" => false,
            "multiplechoice" or "multiple" or "multiselect" or "multipleselect" or "multipleanswer" or "multipleanswers" or "multipleresponse" or "checkbox" => true,
            _ => null,
        };
    }

    private static int? MostOf(int? most, int keyCount, int optionCount, string path, DiagnosticList problems)
    {
        if (most is null or 0 || most >= optionCount)
        {
            return null;
        }

        if (most < keyCount)
        {
            problems.Warning(path + ".maxResponses", $"Only {most} options may be chosen, but {keyCount} are right: the limit is left out.", "Correct maxResponses or the key.");
            return null;
        }

        return most;
    }

    private static short? Difficulty(JsonFields fields, DiagnosticList problems)
    {
        if (fields.Find(out string name, "difficulty", "difficultyLevel") is not { } value || (value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
        {
            return null;
        }

        string text = value.ValueKind == JsonValueKind.String ? JsonFields.TextOf(value, fields.At(name), problems) ?? "" : value.GetRawText();
        short? difficulty = text.Trim().ToLowerInvariant() switch
        {
            "very easy" or "beginner" => 1,
            "easy" or "foundation" => 2,
            "medium" or "normal" or "intermediate" or "core" => 3,
            "hard" or "difficult" or "challenge" or "advanced" => 4,
            "very hard" or "expert" => 5,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is >= 1 and <= 5 ? (short)Math.Round(number) : null,
        };
        if (difficulty is null)
        {
            problems.Warning(fields.At(name), $"The difficulty {JsonFields.Shown(text)} is not known: left out.", "Use 1 (easy) to 5 (hard), or easy, medium, hard.");
        }

        return difficulty;
    }

    private static (string? Module, string? Topic) TopicOf(JsonFields fields)
    {
        string? module = fields.Name(200, "module", "moduleName");
        string? topic = fields.Name(400, "topic", "topicName", "category");
        int cut = topic?.IndexOf(" / ", StringComparison.Ordinal) ?? -1;
        return cut > 0 && topic!.Length > cut + 3 ? (topic[..cut].Trim(), Shorter(topic[(cut + 3)..].Trim())) : (module, topic is null ? null : Shorter(topic));
    }

    private static string Shorter(string name) => name.Length <= 200 ? name : name[..200];

    internal static string? Html(string? text) => text is null ? null : HtmlSanitizer.Sanitize(text) is { Length: > 0 } html ? html : null;
}
