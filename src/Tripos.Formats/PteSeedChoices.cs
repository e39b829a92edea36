using System.Globalization;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Items answered by choosing or ordering.</summary>
internal static class PteSeedChoices
{
    private const int MostWordsOfQuestion = 60;

    public static ChoiceBody Of(string kind, PteSeedItem item)
    {
        var options = item.Options.Select((text, i) => new Option(ExamOptions.Letter(i), text)).ToList();
        string[] key = Key(item, options);
        bool listening = QuestionKinds.Find(kind).Requires.HasFlag(Stimuli.Audio);
        var (text, question) = Split(listening ? item.Transcript : item.Prompt, mustAsk: listening);
        string prompt = listening ? question ?? item.Prompt ?? PteSeedBodies.Instruction(kind) : question ?? item.Prompt ?? PteSeedBodies.Instruction(kind);
        string? passage = listening || question is null ? null : text, transcript = listening ? text : null;
        if (!listening && passage is null)
        {
            item.Warn("promptText", "There is a question, but the text it is about is not in the file.", "Add the text in the editor, or in front of the question, with an empty line between them.");
        }

        var audio = listening ? PteSeedBodies.Sound(item) : null;
        return QuestionKinds.Find(kind).BodyType == typeof(MultipleChoice) || key.Length > 1
            ? new MultipleChoice { Prompt = prompt, Passage = passage, Audio = audio, Transcript = transcript, Options = options, Key = key }
            : new SingleChoice { Prompt = prompt, Passage = passage, Audio = audio, Transcript = transcript, Options = options, Key = key };
    }

    public static Ordering Order(string kind, PteSeedItem item)
    {
        var parts = item.Options.Select((text, i) => new Part(ExamOptions.Letter(i), text)).ToList();
        int first = item.Key.Contains("0") ? 0 : 1; // numbers count from 1 unless there is a 0
        string[] key = [.. item.Key.Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? parts.ElementAtOrDefault(number - first)?.Id : parts.FirstOrDefault(part => part.Id.Equals(name, StringComparison.OrdinalIgnoreCase) || part.Text == name)?.Id).OfType<string>().Distinct()];
        if (item.Key.Count > 0 && key.Length != parts.Count)
        {
            item.Warn("answerKey", "The right order does not name every part once: it is left out.", "Set the order in the editor.");
            key = [];
        }

        // Authors see the parts in the right order.
        return new() { Prompt = item.Prompt ?? PteSeedBodies.Instruction(kind), Parts = [.. parts.OrderBy(part => Array.IndexOf(key, part.Id))], Key = key };
    }

    private static string[] Key(PteSeedItem item, List<Option> options)
    {
        List<string> key = [];
        foreach (string name in item.Key)
        {
            if ((options.FirstOrDefault(option => option.Text == name || option.Text == Bare(name))?.Id ?? OptionNames.Find(options, name)) is not { } id)
            {
                item.Warn("answerKey", $"{JsonFields.Shown(name)} is none of the options: it is left out of the key.", "Mark the right options in the editor.");
                return [];
            }

            key.Add(id);
        }

        return [.. options.Select(option => option.Id).Where(key.Contains)];
    }

    private static string Bare(string name) => name is [_, ')', ' ', ..] ? name[3..].Trim() : name;

    /// <summary>A text and the question after it, where an empty line parts them.</summary>
    private static (string? Text, string? Question) Split(string? both, bool mustAsk)
    {
        int cut = both?.LastIndexOf("\n\n", StringComparison.Ordinal) ?? -1;
        string? last = cut < 0 ? null : both![(cut + 2)..].Trim();
        return last is { Length: > 0 } && PteSeedBodies.Words(last) <= MostWordsOfQuestion && (!mustAsk || last.EndsWith('?'))
            ? (both![..cut].Trim(), last)
            : (both, null);
    }
}
