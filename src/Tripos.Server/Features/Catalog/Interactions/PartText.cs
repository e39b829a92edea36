using System.Net;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>A stretch of safe HTML, which may end in the middle of an element, and the gap after it.</summary>
/// <param name="GapId">Null after the last gap.</param>
/// <param name="Number">1 for the first gap of the text.</param>
public sealed record TextPiece(string Html, string? GapId, int Number);

/// <summary>Texts of a body in the shapes the parts need them in.</summary>
public static partial class PartText
{
    /// <summary>The text around its gaps. Marks inside a tag (an attribute of a link, say) are no gaps.</summary>
    public static IReadOnlyList<TextPiece> Pieces(LoadedVersion version, string text)
    {
        string html = version.Html(text);
        List<TextPiece> pieces = [];
        int from = 0;
        foreach (Match match in TagOrMark().Matches(html))
        {
            if (match.Groups["id"] is { Success: true, Value: var id })
            {
                pieces.Add(new(html[from..match.Index], id, pieces.Count + 1));
                from = match.Index + match.Length;
            }
        }

        pieces.Add(new(html[from..], null, 0));
        return pieces;
    }

    /// <summary>What a text says without its markup, for lists that cannot show any.</summary>
    public static string Plain(LoadedVersion version, string text) =>
        version.Body.Format == ContentFormat.Text ? text : WebUtility.HtmlDecode(Tag().Replace(version.Html(text), " ")).Trim();

    /// <summary>A plain text of at most so many characters.</summary>
    public static string Short(string text, int most = 80) => text.Length <= most ? text : $"{text[..(most - 1)].TrimEnd()}…";

    /// <summary>A, B, … Z, AA: names parts that are spoken of elsewhere.</summary>
    public static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{Letter((index / 26) - 1)}{Letter(index % 26)}";

    [GeneratedRegex(@"<[^>]*>|\[\[(?<id>[A-Za-z0-9]{1,20})\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex TagOrMark();

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
