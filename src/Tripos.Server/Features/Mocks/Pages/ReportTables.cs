using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Mocks.Pages;

/// <summary>The long tables of a score report. One piece of HTML each, because a report has thousands of cells; everything that is not a number or one of our own words is encoded.</summary>
public static class ReportTables
{
    private static readonly ConcurrentDictionary<string, string> KindTitles = new();

    /// <summary>What a reported score is made of, item by item, with the sum the formula uses.</summary>
    public static MarkupString Contributions(ScaledScore score, IReadOnlyDictionary<int, string> kinds)
    {
        var html = new StringBuilder(score.From.Count * 160);
        foreach (var part in score.From)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"#i-{part.Position}\">{part.Position}</a></td><td>").Append(Title(kinds[part.Position])).Append("</td><td>")
                .Append(part.Trait is { } trait ? ScoreWords.Title(trait) : "").Append("</td>");
            Cell(html, part.Earned);
            Cell(html, part.Max);
            Cell(html, part.Open, emptyWhenZero: true).Append("</tr>");
        }

        return new MarkupString(html.ToString());
    }

    /// <summary>What each item earned, why, and which skills it counts for.</summary>
    public static MarkupString Items(Guid attemptId, IEnumerable<ReportItem> items)
    {
        var html = new StringBuilder(8192);
        foreach (var item in items)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr id=\"i-{item.Position}\"><td><a href=\"/attempts/{attemptId}/result#r-{item.Position}\">{item.Position}</a></td><td>").Append(Title(item.Kind))
                .Append("</td><td class=\"end\">").Append(ScoreWords.Share(item.Points, item.PointsMax)).Append("</td><td>");
            AppendWhy(html, attemptId, item);
            html.Append("</td><td class=\"small\">").AppendJoin(", ", item.Feeds.Where(ScoreWords.Skills.Contains).Select(ScoreWords.Title)).Append("</td></tr>");
        }

        return new MarkupString(html.ToString());
    }

    private static string Title(string kind) => KindTitles.GetOrAdd(kind, static name => HtmlEncoder.Default.Encode(QuestionKinds.Find(name).Title));

    private static StringBuilder Cell(StringBuilder html, double points, bool emptyWhenZero = false) =>
        html.Append("<td class=\"end\">").Append(emptyWhenZero && points <= 0 ? "" : Words.Points(points)).Append("</td>");

    private static void AppendWhy(StringBuilder html, Guid attemptId, ReportItem item)
    {
        if (item.PointsMax == 0 || !item.Answered || item.Traits.Count == 0)
        {
            html.Append(item.PointsMax == 0 ? "Not scored."
                : !item.Answered ? "Not answered."
                : item.Correct switch { true => "Right.", false when item.Points > 0 => "Partly right.", false => "Wrong.", _ => "Not evaluated yet." });
            return;
        }

        foreach (var trait in item.Traits)
        {
            html.Append(ScoreWords.Title(trait.Name)).Append(' ').Append(trait.Score is { } score ? ScoreWords.Share(score, trait.Max) : $"– of {Words.Points(trait.Max)}")
                .Append(GivenBy.Words(trait.By) is { } by ? $" ({by})" : "").Append(trait.Why is { } why ? $": {HtmlEncoder.Default.Encode(why.TrimEnd('.'))}. " : ". ");
        }

        if (item.IsFree)
        {
            html.Append(CultureInfo.InvariantCulture, $"<a href=\"/attempts/{attemptId}/evaluations/{item.Position}\">Who said what<span class=\"visually-hidden\"> of question {item.Position}</span></a>");
        }
    }
}
