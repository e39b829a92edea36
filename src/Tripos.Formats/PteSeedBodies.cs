using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Makes the body of one item.</summary>
internal static class PteSeedBodies
{
    /// <summary>Fewer words than this are an instruction and not a text to be worked on.</summary>
    private const int FewestWordsOfPassage = 40;

    public static QuestionBody Of(string kind, PteSeedItem item) => QuestionKinds.Find(kind).Interaction switch
    {
        "description" => new Description { Prompt = item.Title, Passage = item.Template },
        "choice" => PteSeedChoices.Of(kind, item),
        "ordering" => PteSeedChoices.Order(kind, item),
        "typed-gaps" or "chosen-gaps" or "word-bank" => PteSeedGaps.Of(kind, item),
        "hot-text" => PteSeedGaps.IncorrectWords(kind, item),
        "dictation" => Dictated(kind, item),
        "written" => Written(kind, item),
        _ => Spoken(kind, item),
    };

    /// <summary>The sentence that tells learners what to do, where the item itself has none.</summary>
    public static string Instruction(string kind) => QuestionKinds.Find(kind).Summary;

    public static Media? Sound(PteSeedItem item) => At(item, "audio/mpeg", "sound");

    private static Media? At(PteSeedItem item, string type, string what)
    {
        if (item.MediaPath is not { } path)
        {
            return null;
        }

        if (path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            item.Warn("promptMediaUrl", $"The {what} is on another server ({JsonFields.Shown(path)}) and is not fetched.", $"Put it beside this file and name it in promptMediaUrl, or add a {what} in the editor.");
            return null;
        }

        return new Media(path.TrimStart('/'), type);
    }

    private static Dictation Dictated(string kind, PteSeedItem item)
    {
        string? sentence = item.Key is [var stated, ..] ? stated : item.Transcript;
        return new() { Prompt = item.Prompt ?? Instruction(kind), Audio = Sound(item), Transcript = item.Transcript ?? sentence, Sentence = sentence };
    }

    private static Written Written(string kind, PteSeedItem item)
    {
        TellCriteria(item);
        bool summary = kind == "pte-summarize-written-text", hasText = summary && Words(item.Prompt) >= FewestWordsOfPassage;
        if (summary && !hasText)
        {
            item.Warn("promptText", "It speaks of a text, but the text is not in the file.", "Add the text in the editor, or as promptText.");
        }

        return new()
        {
            Prompt = hasText || item.Prompt is null ? Instruction(kind) : item.Prompt,
            Passage = hasText ? item.Prompt : null,
            Audio = kind == "pte-summarize-spoken-text" ? Sound(item) : null,
            Transcript = kind == "pte-summarize-spoken-text" ? item.Transcript : null,
            MinWords = item.Number("answerKey", "minWords"),
            MaxWords = item.Number("answerKey", "maxWords"),
            ModelAnswer = item.Inside("answerKey", "sampleAnswer") ?? (item.Key is [var model, ..] ? model : null),
        };
    }

    private static Spoken Spoken(string kind, PteSeedItem item)
    {
        string? says = item.Transcript;
        string instruction = Instruction(kind);
        return kind switch
        {
            "pte-read-aloud" => new() { Prompt = instruction, Script = item.Prompt },
            "pte-repeat-sentence" => new() { Prompt = instruction, Audio = Sound(item), Transcript = says ?? item.Prompt, Script = says ?? item.Prompt },
            "pte-describe-image" => new() { Prompt = item.Prompt ?? instruction, Image = At(item, "image/jpeg", "picture") },
            // What is asked is heard, not read.
            "pte-answer-short-question" => new() { Prompt = instruction, Audio = Sound(item), Transcript = says ?? item.Prompt, Accepted = item.Key },
            "pte-respond-to-situation" => new() { Prompt = instruction, Passage = item.Prompt, Audio = Sound(item), Transcript = says },
            "pte-personal-introduction" => new() { Prompt = item.Prompt ?? instruction },
            _ => new() { Prompt = item.Prompt ?? instruction, Audio = Sound(item), Transcript = says },
        };
    }

    private static void TellCriteria(PteSeedItem item)
    {
        if (item.Has("answerKey", "scoringCriteria"))
        {
            item.Note("answerKey.scoringCriteria", "The criteria were left out: the scoring profile says how this kind is scored.", "Nothing, unless they say something of their own.");
        }
    }

    internal static int Words(string? text) => text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length ?? 0;
}
