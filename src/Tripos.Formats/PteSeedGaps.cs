using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Items with gaps, and texts with words to be found.</summary>
internal static partial class PteSeedGaps
{
    public static GapBody Of(string kind, PteSeedItem item)
    {
        bool listening = kind == "pte-listening-fill-blanks", marked = Mark().IsMatch(item.Prompt ?? "");
        var (text, key) = marked ? Numbered(item) : FromTranscript(item);
        string prompt = marked || item.Prompt is null ? PteSeedBodies.Instruction(kind) : item.Prompt;
        if (!listening && item.OptionsOfGaps is { Count: > 0 } lists)
        {
            return Chosen(prompt, text, key, lists, item);
        }

        return listening ? Typed(prompt, text, key, item) : Bank(prompt, text, key, item);
    }

    public static HotText IncorrectWords(string kind, PteSeedItem item)
    {
        var right = item.ListInside("options", "correct");
        string? shown = right.Count > 0 ? item.Transcript : item.Prompt;
        var words = (shown ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        List<HotWord> key = [];
        foreach (var (i, wrong) in item.Key.Index())
        {
            int index = Array.FindIndex(words, key.Count == 0 ? 0 : key[^1].Index + 1, word => Is(word, wrong));
            if (right.Count == item.Key.Count && index >= 0)
            {
                key.Add(new HotWord(index, right[i]));
            }
        }

        if (item.Key.Count > 0 && key.Count != item.Key.Count)
        {
            key = [];
            item.Warn("correctAnswers", "The key cannot be used: it does not say which words stand for which, or they are not in the text.", "Mark the words in the editor.");
        }

        return new()
        {
            Prompt = right.Count > 0 && item.Prompt is { } prompt ? prompt : PteSeedBodies.Instruction(kind),
            Text = string.Join(' ', words), Key = key, Audio = PteSeedBodies.Sound(item),
            Transcript = key.Count > 0 ? string.Join(' ', words.Select((word, i) => key.FirstOrDefault(hot => hot.Index == i) is { } hot ? Replaced(word, item.Key[key.IndexOf(hot)], hot.Correction!) : word)) : item.Transcript,
        };
    }

    /// <summary>The text with its marks as ours; the key by the same names.</summary>
    private static (string Text, Dictionary<string, string> Key) Numbered(PteSeedItem item)
    {
        Dictionary<string, string> key = [];
        int number = 0;
        string text = Mark().Replace(item.Prompt!, mark =>
        {
            string id = (++number).ToString(CultureInfo.InvariantCulture);
            string name = mark.Groups[1].Value is { Length: > 0 } digits ? "BLANK" + digits : id;
            if (item.KeyOfGaps.TryGetValue(name, out string? word) || item.KeyOfGaps.TryGetValue(id, out word))
            {
                key.Add(id, word);
            }

            return $"[[{id}]]";
        });
        return (text, key);
    }

    /// <summary>Where only the words are listed: the gaps are where these words stand in the transcript, in this order.</summary>
    private static (string Text, Dictionary<string, string> Key) FromTranscript(PteSeedItem item)
    {
        string left = item.Transcript ?? item.Prompt ?? "";
        StringBuilder text = new();
        Dictionary<string, string> key = [];
        foreach (string word in item.Key)
        {
            var found = Regex.Match(left, $@"(?<!\w){Regex.Escape(word)}(?!\w)", RegexOptions.CultureInvariant);
            if (!found.Success)
            {
                item.Warn("correctAnswers", $"{JsonFields.Shown(word)} is not in the transcript after the word before it: it has no gap.", "Make the gap in the editor.");
                continue;
            }

            string id = (key.Count + 1).ToString(CultureInfo.InvariantCulture);
            text.Append(left, 0, found.Index).Append("[[").Append(id).Append("]]");
            left = left[(found.Index + found.Length)..];
            key.Add(id, word);
        }

        return (text.Append(left).ToString(), key);
    }

    private static TypedGaps Typed(string prompt, string text, Dictionary<string, string> key, PteSeedItem item)
    {
        var body = new TypedGaps { Prompt = prompt, Text = text, Gaps = [], Audio = PteSeedBodies.Sound(item), Transcript = item.Transcript };
        return body with { Gaps = [.. body.GapIds.Select(id => new TypedGap(id, key.TryGetValue(id, out string? word) ? [word] : []))] };
    }

    private static WordBank Bank(string prompt, string text, Dictionary<string, string> key, PteSeedItem item)
    {
        var words = item.Options.Select((word, i) => new Part($"w{i + 1}", word)).ToList();
        Dictionary<string, string> ids = [];
        foreach (var (gap, word) in key)
        {
            if (words.FirstOrDefault(part => part.Text == word && !ids.ContainsValue(part.Id)) is { } part)
            {
                ids.Add(gap, part.Id);
            }
        }

        if (ids.Count != key.Count)
        {
            item.Warn("answerKey", "The key names a word that is not in the list: it is left out.", "Set the key in the editor.");
            ids = [];
        }

        return new() { Prompt = prompt, Text = text, Words = words, Key = ids };
    }

    private static ChosenGaps Chosen(string prompt, string text, Dictionary<string, string> key, IReadOnlyDictionary<string, IReadOnlyList<string>> lists, PteSeedItem item)
    {
        var body = new ChosenGaps { Prompt = prompt, Text = text, Gaps = [] };
        return body with { Gaps = [.. body.GapIds.Select(Gap)] };

        ChosenGap Gap(string id)
        {
            var words = lists.GetValueOrDefault("BLANK" + id) ?? lists.GetValueOrDefault(id) ?? [];
            var options = words.Select((word, i) => new Part(ExamOptions.Letter(i), word)).ToList();
            string? right = key.TryGetValue(id, out string? word) ? options.FirstOrDefault(option => option.Text == word)?.Id : null;
            if (word is not null && right is null)
            {
                item.Warn("answerKey", $"{JsonFields.Shown(word)} is not among the options of gap {id}.", "Set the key in the editor.");
            }

            return new ChosenGap(id, options, right);
        }
    }

    private static bool Is(string word, string wanted) => Core(word).Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static string Core(string word) => Possessive().Replace(word.Trim('.', ',', ';', ':', '!', '?', '"', '(', ')'), "");

    private static string Replaced(string word, string wrong, string right)
    {
        int at = word.IndexOf(wrong, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? right : word[..at] + right + word[(at + wrong.Length)..];
    }

    [GeneratedRegex(@"\[blank([0-9]*)\]", RegexOptions.IgnoreCase)]
    private static partial Regex Mark();

    [GeneratedRegex("['\u2019]s$")]
    private static partial Regex Possessive();
}
