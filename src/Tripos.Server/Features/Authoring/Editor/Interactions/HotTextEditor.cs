using System.Text.RegularExpressions;
using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>One text in which the words to mark stand in double braces: <c>The {{cat|dog}} sat</c>, after the bar what should stand there.</summary>
public sealed partial class HotTextEditor : InteractionEditor<HotText>
{
    public override Type Fields => typeof(HotTextFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind)
    {
        List<HotWord> key = [];
        List<string> words = [];
        foreach (string word in Words(form["text"]))
        {
            string plain = Marked().Replace(word, match =>
            {
                key.Add(new(words.Count, match.Groups["should"].Value.Trim() is { Length: > 0 } should ? should : null));
                return match.Groups["word"].Value;
            });
            words.Add(plain);
        }

        return new HotText { Prompt = "", Text = string.Join(' ', words), Key = [.. key.DistinctBy(word => word.Index)] };
    }

    public override string FieldOf(string fault) => fault == "key" ? "text" : fault;

    protected override void Fill(EditorForm form, HotText body)
    {
        var key = body.Key.DistinctBy(word => word.Index).ToDictionary(word => word.Index, word => word.Correction);
        form.Set("text", string.Join(' ', body.Words.Select((word, i) => key.TryGetValue(i, out string? should) ? Braced(word, should) : word)));
    }

    /// <summary>Punctuation stays outside, where it reads better.</summary>
    private static string Braced(string word, string? should)
    {
        string core = word.Trim('.', ',', ';', ':', '!', '?', '"', '(', ')');
        int start = core.Length == 0 ? 0 : word.IndexOf(core, StringComparison.Ordinal);
        core = core.Length == 0 ? word : core;
        return $"{word[..start]}{{{{{core}{(should is null ? "" : $"|{should}")}}}}}{word[(start + core.Length)..]}";
    }

    /// <summary>What stands between white space; white space within braces parts nothing.</summary>
    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"(?:\{\{[^{}]*\}\}|\S)+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{\{(?<word>[^\s{}|]+)(?:\|(?<should>[^{}]*))?\}\}")]
    private static partial Regex Marked();
}
