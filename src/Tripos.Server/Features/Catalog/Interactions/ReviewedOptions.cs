using System.Text;
using Microsoft.AspNetCore.Components;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>The options of a question in review: which the learner chose, which are right, and why. One piece of HTML, because a result page has hundreds of them.</summary>
/// <remarks>Everything put in here is safe HTML already: <see cref="ShownOption"/> holds nothing else.</remarks>
public static class ReviewedOptions
{
    public static MarkupString Html(ReviewedQuestion item)
    {
        var chosen = ResponseText.Chosen(item.Response);
        var key = (item.KeyBody as ChoiceBody)?.Key;
        var html = new StringBuilder("""<ul class="reviewed-options">""", capacity: 2048);
        foreach (var option in item.Options)
        {
            bool mine = chosen.Contains(option.Id), right = key?.Contains(option.Id) == true;
            html.Append("<li").Append(mine ? " data-mine" : "").Append(right ? " data-right" : "")
                .Append("""><div class="option-line"><span class="option-text" dir="auto">""").Append(option.Html).Append("</span>");
            if (mine || right)
            {
                html.Append("""<span class="cluster">""").Append(mine ? Mine(key is not null, right) : "").Append(right ? Tag("good", "circle-check", "Right answer") : "").Append("</span>");
            }

            html.Append("</div>");
            if (option.ExplanationHtml is { } why)
            {
                html.Append("""<div class="option-why">""").Append(why).Append("</div>");
            }

            html.Append("</li>");
        }

        return new MarkupString(html.Append("</ul>").ToString());
    }

    private static string Mine(bool keyShown, bool right) =>
        Tag(!keyShown ? "accent" : right ? "good" : "bad", !keyShown ? "circle-dot" : right ? "circle-check" : "circle-x", "Your answer");

    private static string Tag(string tone, string icon, string words) => ReviewMarks.Tag(tone, icon, words).Value;
}
