using System.Collections.Frozen;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Tripos.Formats;

/// <summary>Reduces HTML to an allow-list of harmless elements and attributes.</summary>
/// <remarks>
/// What is not on the list loses its tags and keeps its text, except elements whose content is not text for readers (script, style,
/// iframe …), which go entirely. Tags HTML does not know, such as <c>&lt;class 'int'&gt;</c>, are text somebody forgot to escape and are kept as text.
/// Sanitising twice gives the same as sanitising once.
/// </remarks>
public static partial class HtmlSanitizer
{
    /// <summary>The longest <c>data:</c> image kept, in characters; a longer one is dropped.</summary>
    public const int LongestDataImage = 200_000;

    private static readonly FrozenSet<string> Allowed = Set(
        "p br strong em b i u s sub sup code pre kbd ul ol li table thead tbody tfoot tr th td caption blockquote hr span a img");

    private static readonly FrozenSet<string> DroppedWithContent = Set(
        "script style iframe object embed applet noscript noembed noframes template svg math head title textarea select button form input audio video canvas frameset frame plaintext xmp");

    private static readonly FrozenSet<string> Void = Set("br hr img");

    private static readonly FrozenSet<string> Blocks = Set("p div pre ul ol li table tr blockquote hr br h1 h2 h3 h4 h5 h6 section article caption");

    /// <summary>Sanitises a fragment of HTML.</summary>
    /// <param name="html">Any text; text without markup is kept, its line breaks as <c>&lt;br&gt;</c>.</param>
    /// <returns>HTML that is safe to put into a page, trimmed; empty when nothing is left.</returns>
    public static string Sanitize(string html)
    {
        // Misnested tags can read differently once others around them are gone: repeat until the text says what it means.
        string before = html, clean = Once(html);
        for (int pass = 0; pass < 4 && clean != before; pass++)
        {
            (before, clean) = (clean, Once(clean));
        }

        return clean == before ? clean : Escape(ToText(clean));
    }

    private static string Once(string html)
    {
        string clean = EscapeUnknownTags(PlainText.Clean(html).Trim());
        if (!clean.Contains('<', StringComparison.Ordinal))
        {
            return Escape(PlainText.Clean(WebUtility.HtmlDecode(clean)).Trim()).Replace("\n", "<br>", StringComparison.Ordinal);
        }

        var output = new StringBuilder(clean.Length);
        Write(Parse(clean), output);
        return output.ToString().Trim();
    }

    /// <summary>What a reader sees, without markup: for titles, lists and search.</summary>
    /// <param name="html">Any HTML.</param>
    /// <returns>One line of plain text, possibly empty.</returns>
    public static string ToText(string html)
    {
        if (!html.Contains('<', StringComparison.Ordinal))
        {
            return PlainText.OneLine(WebUtility.HtmlDecode(html));
        }

        var text = new StringBuilder(html.Length);
        Walk(Parse(PlainText.Clean(html)),
            node => text.Append(node is IText words ? words.Data : node is IElement { LocalName: "img" } image ? image.GetAttribute("alt") : Break(node)),
            node => text.Append(Break(node)));
        return PlainText.OneLine(text.ToString());
    }

    internal static string Escape(string text) =>
        text.AsSpan().IndexOfAny("&<>\"\u00A0") < 0 ? text : text
            .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace("\u00A0", "&nbsp;", StringComparison.Ordinal);

    internal static INode Parse(string html)
    {
        var parser = new HtmlParser(new HtmlParserOptions { IsScripting = false });
        return parser.ParseDocument("<body>" + EscapeUnknownTags(html)).Body!;
    }

    private static string EscapeUnknownTags(string html) => UnknownTag().Replace(html, "&lt;");

    internal static void Write(INode root, StringBuilder output) =>
        Walk(root, node => Open(node, output), node => Close(node, output));

    /// <summary>Visits descendants without recursion: a million nested tags must not exhaust the stack.</summary>
    internal static void Walk(INode root, Action<INode> enter, Action<INode> leave)
    {
        for (var node = root.FirstChild; node is not null && node != root;)
        {
            enter(node);
            if (node.FirstChild is { } child && !IsDropped(node))
            {
                node = child;
                continue;
            }

            while (node != root)
            {
                leave(node!);
                if (node!.NextSibling is { } next)
                {
                    node = next;
                    break;
                }

                node = node.Parent;
            }
        }
    }

    private static string Break(INode node) => node is IElement element && (Blocks.Contains(element.LocalName) || element.LocalName is "td" or "th") ? " " : "";

    private static bool IsDropped(INode node) => node is IElement element && DroppedWithContent.Contains(element.LocalName);

    private static void Open(INode node, StringBuilder output)
    {
        if (node is IText text)
        {
            output.Append(Escape(PlainText.Clean(text.Data)));
        }
        else if (node is IElement element && Keeps(element))
        {
            output.Append('<').Append(element.LocalName);
            foreach (var (name, value) in AttributesOf(element))
            {
                output.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');
            }

            output.Append('>');
            if (element.LocalName == "pre" && element.FirstChild is IText { Data: ['\n', ..] })
            {
                output.Append('\n'); // parsers swallow the first one
            }
        }
    }

    private static void Close(INode node, StringBuilder output)
    {
        if (node is IElement element && Keeps(element) && !Void.Contains(element.LocalName))
        {
            output.Append("</").Append(element.LocalName).Append('>');
        }
        else if (node is IElement { ClassName: not "math", LocalName: "div" or "section" or "article" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" } && node.NextSibling is not null)
        {
            output.Append("<br>"); // a block that loses its tags keeps its line
        }
    }

    private static bool Keeps(IElement element) =>
        element.LocalName == "div" ? element.ClassName == "math" : Allowed.Contains(element.LocalName) && (element.LocalName != "img" || SourceOf(element) is not null);

    private static IEnumerable<(string Name, string Value)> AttributesOf(IElement element)
    {
        switch (element.LocalName)
        {
            case "a" when HrefOf(element) is { } href:
                return [("href", href), ("rel", "noopener nofollow")];
            case "img":
                return [("src", SourceOf(element)!), ("alt", element.GetAttribute("alt") ?? "")];
            case "span" or "div" when element.ClassName == "math":
                return [("class", "math")];
            case "span" or "code" or "pre" when LanguageClass().Match(element.ClassName ?? "") is { Success: true } match:
                return [("class", match.Value)];
            case "td" or "th":
                return Spans(element);
            default:
                return [];
        }
    }

    private static IEnumerable<(string, string)> Spans(IElement cell)
    {
        foreach (string name in (string[])["colspan", "rowspan"])
        {
            if (int.TryParse(cell.GetAttribute(name), out int span) && span is > 1 and <= 100)
            {
                yield return (name, span.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static string? HrefOf(IElement link) =>
        link.GetAttribute("href")?.Trim() is { } href && SafeLink().IsMatch(href) ? href : null;

    private static string? SourceOf(IElement image) =>
        image.GetAttribute("src")?.Trim() is { Length: > 0 } source
            && (RelativePath().IsMatch(source) || LibraryPicture().IsMatch(source) || (source.Length <= LongestDataImage && DataImage().IsMatch(source))) ? source : null;

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex("<(?!!--|/?(?:a|abbr|address|applet|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center|cite|code|col|colgroup|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main|map|mark|math|meta|nav|noembed|noframes|noscript|object|ol|optgroup|option|output|p|param|picture|plaintext|pre|q|rp|rt|ruby|s|samp|script|section|select|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|tfoot|th|thead|title|tr|track|tt|u|ul|var|video|wbr|xmp)(?=[\\s/>]))", RegexOptions.IgnoreCase)]
    private static partial Regex UnknownTag();

    [GeneratedRegex("language-[a-z0-9+#-]{1,30}")]
    private static partial Regex LanguageClass();

    [GeneratedRegex(@"^(?:https?://|mailto:)[^\s]+$", RegexOptions.IgnoreCase)]
    private static partial Regex SafeLink();

    // No scheme, no "//host", no backslash a browser would read as a slash, nothing above the folder.
    [GeneratedRegex(@"^(?![/\\])(?!.*\.\.)[^:\\\s]+$")]
    private static partial Regex RelativePath();

    /// <summary>A picture of the media library, as the library writes it.</summary>
    [GeneratedRegex("^/media/[0-9a-f]{64}$")]
    private static partial Regex LibraryPicture();

    [GeneratedRegex("^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$", RegexOptions.IgnoreCase)]
    private static partial Regex DataImage();
}
