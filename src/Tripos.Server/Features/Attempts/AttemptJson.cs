using System.Text.Json;
using System.Text.Json.Nodes;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

/// <summary>Attempts as programs read them: the same facts as the pages, and never a body with its key.</summary>
public static class AttemptJson
{
    /// <param name="AllowedAttempts">Null for as many as you like.</param>
    /// <param name="Items">Of the open part only, where the attempt has parts.</param>
    /// <param name="LateUntil">Until when an answer stamped before the deadline still counts.</param>
    public sealed record Open(
        Guid AttemptId, Guid? TestId, string Title, AttemptMode Mode, AttemptStatus Status, int Number, int? AllowedAttempts, DateTimeOffset StartedAt,
        DateTimeOffset? DeadlineAt, DateTimeOffset? LateUntil, DateTimeOffset ServerNow, IReadOnlyList<AttemptPart>? Parts, int? Part, DateTimeOffset? PartDeadlineAt, bool Linear, IReadOnlyList<Item> Items);

    /// <param name="PromptHtml">Sanitised HTML; so are the texts of the options.</param>
    /// <param name="Body">What the learner may see of the question in the form of its kind: no key, parts in this attempt's order.</param>
    /// <param name="Sequence">Number of the last stored change; send the next one with 1 more.</param>
    public sealed record Item(
        int Position, string? Section, string Kind, string PromptHtml, CodeBlock? Code, IReadOnlyList<Choice> Options, int? MaxResponses, JsonObject Body,
        JsonElement? Response, int Sequence, short? Confidence, bool Flagged);

    public sealed record Choice(string Id, string Html);

    /// <param name="Points">Null, like every other number here, where the test does not show scores.</param>
    public sealed record Finished(
        Guid AttemptId, Guid? TestId, string Title, AttemptMode Mode, int Number, string Learner, DateTimeOffset StartedAt, DateTimeOffset SubmittedAt, SubmitType SubmitType, long DurationMs,
        int ItemCount, int AnsweredCount, float? Points, float? PointsMax, float? PointsOpen, float? Percent, bool? Passed, IReadOnlyList<TopicResult> Topics, IReadOnlyList<GradeStep> Grades,
        IReadOnlyList<Reviewed> Review, string? ReviewWithheld, string? Profile, IReadOnlyList<ScaledScores.Kept> Scores);

    /// <param name="Key">Ids of the right options; null where the test does not show answers.</param>
    public sealed record Reviewed(
        int Position, string Kind, string PromptHtml, CodeBlock? Code, IReadOnlyList<ReviewedChoice> Options, JsonElement? Response, bool? Correct, float? Points, float PointsMax, float? PointsOpen, IReadOnlyList<TraitScore> Traits,
        IReadOnlyList<string>? Key, string? ExplanationHtml, short? Confidence, long? ElapsedMs, bool Regraded);

    public sealed record ReviewedChoice(string Id, string Html, string? ExplanationHtml);

    public static Open Of(PlayerView view) => new(
        view.AttemptId, view.TestId, view.Title, view.Mode, view.Status, view.Number, view.AllowedAttempts, view.StartedAt, view.DeadlineAt, view.LateUntil, view.ServerNow, view.Parts, view.Part, view.PartDeadlineAt, view.Linear,
        [.. view.Items.Select(Of)]);

    public static Item Of(PlayerItem item) => new(
        item.Position, item.Section, item.Version.Kind.Name, item.Version.PromptHtml, item.Version.Body.Code, [.. item.Options.Select(option => new Choice(option.Id, option.Html))],
        (item.Version.Body as MultipleChoice)?.MaxResponses, Shown(item), item.Response, item.Sequence, item.Confidence, item.Flagged);

    public static Finished Of(ResultView view) => new(
        view.AttemptId, view.TestId, view.Title, view.Mode, view.Number, view.LearnerName, view.StartedAt, view.SubmittedAt, view.SubmitType, view.DurationMs, view.ItemCount, view.AnsweredCount,
        Shown(view, view.Points), Shown(view, view.PointsMax), Shown(view, view.PointsOpen), Shown(view, view.Percent), view.Passed, view.Topics, view.Grades, [.. view.Review.Select(Of)], view.ReviewWithheld, view.Profile, view.Scores);

    public static Reviewed Of(ReviewItem item) => new(
        item.Position, item.Version.Kind.Name, item.Version.PromptHtml, item.Version.Body.Code, [.. item.Options.Select(option => new ReviewedChoice(option.Id, option.Html, option.ExplanationHtml))],
        item.Response, item.Correct, item.Points, item.PointsMax, item.PointsOpen, item.Traits, (item.KeyBody as ChoiceBody)?.Key, item.ExplanationHtml, item.Confidence, item.ElapsedMs, item.Regraded);

    // What was emptied because a learner may not know it is left out altogether.
    private static JsonObject Shown(PlayerItem item)
    {
        var body = JsonSerializer.SerializeToNode(item.Shown, item.Version.Kind.BodyType, QuestionJson.Options)!.AsObject();
        foreach (var (name, _) in body.Where(member => member.Value is JsonArray { Count: 0 } or JsonObject { Count: 0 }).ToList())
        {
            body.Remove(name);
        }

        return body;
    }

    private static float? Shown(ResultView view, float value) => view.ScoreShown ? value : null;
}
