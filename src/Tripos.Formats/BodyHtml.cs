using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Reduces the HTML in a body to what is harmless; texts that are plain by definition are left alone.</summary>
public static class BodyHtml
{
    /// <summary>The body as it may be stored.</summary>
    /// <param name="body">Any body.</param>
    /// <returns>The same body unless its format is HTML.</returns>
    public static QuestionBody Sanitised(QuestionBody body) => body.Format != ContentFormat.Html ? body : Own(body) with
    {
        Prompt = HtmlSanitizer.Sanitize(body.Prompt),
        Passage = Maybe(body.Passage),
        Explanation = Maybe(body.Explanation),
    };

    private static QuestionBody Own(QuestionBody body) => body switch
    {
        ChoiceBody choice => choice with { Options = [.. choice.Options.Select(option => option with { Text = HtmlSanitizer.Sanitize(option.Text), Explanation = Maybe(option.Explanation) })] },
        Matching matching => matching with { Premises = Parts(matching.Premises), Answers = Parts(matching.Answers) },
        Ordering ordering => ordering with { Parts = Parts(ordering.Parts) },
        GapBody gaps => gaps with { Text = HtmlSanitizer.Sanitize(gaps.Text) },
        _ => body,
    };

    private static Part[] Parts(IReadOnlyList<Part> parts) => [.. parts.Select(part => part with { Text = HtmlSanitizer.Sanitize(part.Text) })];

    private static string? Maybe(string? html) => html is null ? null : HtmlSanitizer.Sanitize(html);
}
