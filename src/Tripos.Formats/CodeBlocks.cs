using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Moves the code a prompt ends with into a block of its own, where it is highlighted.</summary>
internal static partial class CodeBlocks
{
    /// <summary>Splits a prompt into its words and the one block of code they end with.</summary>
    /// <returns>The sanitised prompt, and the code; null when there is none, several, or nothing but code.</returns>
    public static (string Prompt, CodeBlock? Code) Split(string html)
    {
        if (!html.Contains('<', StringComparison.Ordinal))
        {
            return (HtmlSanitizer.Sanitize(html), null);
        }

        var body = HtmlSanitizer.Parse(PlainText.Clean(html).Trim());
        if (LastBlock(body) is { } block && body is IElement root && root.QuerySelectorAll("pre").Length <= 1)
        {
            var code = new CodeBlock(TextOf(block), LanguageOf(block));
            (block.ParentElement is { LocalName: "p" or "div" } wrapper && HasOnly(wrapper, block) ? wrapper : block).Remove();
            string rest = Written(body);
            if (code.Text.Length > 0 && HtmlSanitizer.ToText(rest).Length > 0)
            {
                return (rest, code);
            }
        }

        return (HtmlSanitizer.Sanitize(html), null);
    }

    /// <summary>The code in a field that may be bare or wrapped in <c>pre</c> and <c>code</c> tags.</summary>
    public static CodeBlock? FromField(string text, string? language)
    {
        string clean = PlainText.Clean(text);
        if (clean.TrimStart() is not ['<', ..] trimmed || !Wrapped().IsMatch(trimmed))
        {
            return Trim(clean) is { Length: > 0 } bare ? new CodeBlock(bare, language) : null;
        }

        var body = (IElement)HtmlSanitizer.Parse(trimmed.Trim());
        return TextOf(body) is { Length: > 0 } code ? new CodeBlock(code, language ?? LanguageOf(body)) : null;
    }

    private static IElement? LastBlock(INode body)
    {
        var last = Significant(body).LastOrDefault();
        if (last is IElement { LocalName: "p" or "div" } wrapper && Significant(wrapper).Take(2).ToList() is [IElement only])
        {
            last = only;
        }

        return last is IElement { LocalName: "pre" } pre ? pre
            : last is IElement { LocalName: "code" } code && TextOf(code).Contains('\n', StringComparison.Ordinal) ? code : null;
    }

    private static bool HasOnly(IElement wrapper, IElement block) => Significant(wrapper).All(node => node == block);

    private static IEnumerable<INode> Significant(INode parent) =>
        parent.ChildNodes.Where(node => node is IElement { LocalName: not "br" } || (node is IText text && !string.IsNullOrWhiteSpace(text.Data)));

    private static string Written(INode body)
    {
        var output = new StringBuilder();
        HtmlSanitizer.Write(body, output);
        return TrailingBreaks().Replace(output.ToString().Trim(), "");
    }

    private static string TextOf(IElement element)
    {
        var text = new StringBuilder();
        HtmlSanitizer.Walk(element,
            node => text.Append(node is IText words ? words.Data : node is IElement { LocalName: "br" } ? "\n" : ""),
            node => text.Append(node is IElement { LocalName: "p" or "div" } && node.NextSibling is not null ? "\n" : ""));
        return Trim(PlainText.Clean(text.ToString()));
    }

    private static string Trim(string code) =>
        string.Join('\n', code.Replace('\u00A0', ' ').Split('\n').Select(line => line.TrimEnd())).TrimEnd().TrimStart('\n');

    private static string? LanguageOf(IElement element) =>
        element.QuerySelectorAll("*").Prepend(element).Select(e => Language().Match(e.ClassName ?? "")).FirstOrDefault(m => m.Success)?.Groups[1].Value;

    [GeneratedRegex(@"^<\s*(?:pre|code|p|div)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wrapped();

    [GeneratedRegex("(?:language|lang)-([a-z0-9+#-]{1,30})")]
    private static partial Regex Language();

    [GeneratedRegex(@"(?:\s|<br>|<p></p>)+$")]
    private static partial Regex TrailingBreaks();
}
