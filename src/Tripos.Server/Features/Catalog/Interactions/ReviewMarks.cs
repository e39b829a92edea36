using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Platform.Web.Components;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>How the review parts say what was right: always a colour, a shape and words.</summary>
public static class ReviewMarks
{
    /// <summary>A tag with an icon. The words are the caller's own.</summary>
    public static MarkupString Tag(string? tone, string icon, string words) =>
        new($"""<span class="tag"{(tone is null ? "" : $" data-tone=\"{tone}\"")}>{IconShapes.Whole(icon)} {WebUtility.HtmlEncode(words)}</span>""");

    /// <summary>The verdict on one part of an answer: null where the rules withhold it.</summary>
    public static MarkupString Verdict(bool? right) => right switch
    {
        true => Tag("good", "circle-check", "Right"),
        false => Tag("bad", "circle-x", "Wrong"),
        _ => default,
    };

    public static string? Tone(bool? right) => right switch { true => "good", false => "bad", _ => null };

    /// <summary>Whether one part of an answer alone earns its mark: the same rule that graded the whole.</summary>
    /// <param name="part">The body with nothing but the part in question.</param>
    /// <param name="response">The response to it, as an object to be written as JSON.</param>
    public static bool IsRight(QuestionKind kind, QuestionBody part, object response) =>
        Scorer.Score(kind, part, JsonSerializer.SerializeToElement(response, QuestionJson.Options), ScoringProfiles.Percentage).Correct == true;
}
