using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Reads lists of PTE items as practice apps seed their databases with them: <c>[{"type": "read_aloud", "promptText": …}]</c>.</summary>
/// <remarks>The format, with all its variants, is described in docs/formats/pte-json.md. What a file does not say is not invented: such an
/// item lacks its sound, its text or its key, and is a draft that says so.</remarks>
public static partial class PteSeedReader
{
    private const string Module = "PTE practice";

    /// <summary>Whether the JSON is such a list.</summary>
    /// <param name="root">The whole file.</param>
    public static bool Recognises(JsonElement root) => root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0
        && root.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            && (item.TryGetProperty("promptText", out _) || item.TryGetProperty("templateText", out _)));

    internal static ExamFile Read(JsonElement root, DiagnosticList problems)
    {
        bool listening = FileSays(problems.File, "listening"), reading = FileSays(problems.File, "reading");
        HashSet<string> ids = new(StringComparer.Ordinal);
        List<ExamQuestion> questions = [];
        foreach (var (index, element) in root.EnumerateArray().Index())
        {
            var item = new PteSeedItem(element, index, problems);
            if (KindOf(item, listening, reading) is { } kind)
            {
                questions.Add(Question(kind, item, ids));
            }
        }

        string title = PlainText.OneLine(FileNames.TitleOf(problems.File).Replace('.', ' ').Replace('_', ' '));
        return new ExamFile { Title = char.ToUpperInvariant(title[0]) + title[1..], Type = "practice", Module = Module, Questions = questions };
    }

    private static ExamQuestion Question(string kindName, PteSeedItem item, HashSet<string> ids)
    {
        var body = PteSeedBodies.Of(kindName, item);
        // What the file holds decides: one option or several, a list at each gap or one for all.
        var kind = QuestionKinds.Find(kindName) is var stated && stated.BodyType == body.GetType() ? stated
            : QuestionKinds.All.First(other => other.BodyType == body.GetType() && other.Group == stated.Group && (other.Interaction != "choice" || other.Requires == stated.Requires));
        if (kind != stated)
        {
            item.Warn("type", $"What the item holds fits \"{kind.Title}\" rather than \"{stated.Title}\": it is imported as that.", "Correct the type if that is not meant.");
        }

        return new ExamQuestion(item.Index + 1, kind, body)
        {
            IsNative = true,
            StatesKind = true,
            HasOptionIds = true,
            ExternalId = IdOf(item, ids),
            Difficulty = item.Difficulty,
            Topic = item.IsTemplate ? "Templates" : kind.Title,
            Tags = item.Tags,
            Metadata = item.Metadata,
        };
    }

    private static string IdOf(PteSeedItem item, HashSet<string> ids)
    {
        string slug = NoLetters().Replace(item.Title.ToLowerInvariant(), "-").Trim('-');
        slug = slug.Length is 0 ? "item" : slug.Length > 150 ? slug[..150] : slug;
        string id = slug;
        for (int i = 2; !ids.Add(id); i++)
        {
            id = $"{slug}-{i}";
        }

        return id;
    }

    /// <summary>The kind a type means; the same word may stand for a reading and for a listening kind.</summary>
    private static string? KindOf(PteSeedItem item, bool fileListens, bool fileReads)
    {
        string type = NoLetters().Replace(item.Type.ToLowerInvariant(), "");
        bool listening = item.Tags.Contains("listening") || (!item.Tags.Contains("reading") && (fileListens || (!fileReads && (item.Transcript is not null || item.MediaPath is not null))));
        string? kind = type switch
        {
            _ when item.IsTemplate => "description",
            "personalintroduction" => "pte-personal-introduction",
            "readaloud" => "pte-read-aloud",
            "repeatsentence" => "pte-repeat-sentence",
            "describeimage" => "pte-describe-image",
            "retelllecture" => "pte-retell-lecture",
            "answershortquestion" or "shortquestion" => "pte-answer-short-question",
            "summarizegroupdiscussion" or "groupdiscussion" => "pte-summarize-group-discussion",
            "respondtoasituation" or "respondtosituation" => "pte-respond-to-situation",
            "summarizewrittentext" => "pte-summarize-written-text",
            "writeessay" or "essay" => "pte-write-essay",
            "readingwritingfillblanks" or "rwfib" or "readingwritingfillintheblanks" => "pte-reading-writing-fill-blanks",
            "mcqsingle" or "multiplechoicesingle" => listening ? "pte-listening-multiple-choice-single" : "pte-reading-multiple-choice-single",
            "mcqmultiple" or "multiplechoicemultiple" => listening ? "pte-listening-multiple-choice-multiple" : "pte-reading-multiple-choice-multiple",
            "fib" or "fillinblanks" or "fillintheblanks" or "fillblanks" => listening ? "pte-listening-fill-blanks" : "pte-reading-fill-blanks",
            "reorderparagraphs" or "reorderparagraph" => "pte-reorder-paragraphs",
            "summarizespokentext" => "pte-summarize-spoken-text",
            "highlightcorrectsummary" => "pte-highlight-correct-summary",
            "selectmissingword" => "pte-select-missing-word",
            "highlightincorrectwords" => "pte-highlight-incorrect-words",
            "writefromdictation" => "pte-write-from-dictation",
            _ => null,
        };
        if (kind is null)
        {
            item.Refuse("type", $"Items of the type {JsonFields.Shown(item.Type)} are not known.", "docs/formats/pte-json.md lists the types that are read.");
        }

        return kind;
    }

    private static bool FileSays(string file, string word) => Path.GetFileName(file.Replace('\\', '/')).Contains(word, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NoLetters();
}
