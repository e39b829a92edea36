using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>
/// Answers the question of a card: an attempt of one question, in the mode of the deck, handed in at once. So it is graded by the same rules as everywhere, and ratings,
/// statistics and the card itself follow from it; what the learner rates afterwards replaces what the answer alone says.
/// </summary>
public static class AnswerCard
{
    public const string Title = "Review deck";

    /// <param name="VersionId">What the learner saw.</param>
    /// <param name="Seed">Ordered what was shuffled.</param>
    public sealed record Request(long CardId, int VersionId, long Seed, JsonElement Response, short? Confidence, long? ElapsedMs);

    public sealed record Answered(Guid AttemptId);

    public static async Task<Outcome<Answered>> RunAsync(
        Request request, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, AnswerWriter writer, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var slots = await source.QueryAsync("""
            SELECT q.id, v.id, q.topic_id FROM review_cards c JOIN questions q ON q.id = c.question_id JOIN question_versions v ON v.question_id = q.id
            WHERE c.id = $1 AND c.learner_id = $2 AND v.id = $3 AND NOT v.needs_key AND q.status IN ('live', 'experimental') AND (c.withheld_until IS NULL OR c.withheld_until <= $4)
            """, row => new StartableSlot(row.GetInt32(0), row.GetInt32(1), NeedsKey: false, row.Maybe<int?>(2), Section: null, Points: 1), ct, request.CardId, learner.Id, request.VersionId, clock.GetUtcNow());
        if (slots.Count == 0)
        {
            return ReviewProblems.NotAnswered;
        }

        // Decide
        var version = await versions.LoadAsync(request.VersionId, ct);
        if (version.Kind.FaultOf(version.Body, request.Response) is { } fault)
        {
            return AttemptProblems.BadResponse(1, fault);
        }

        if (version.Kind.IsEmpty(request.Response))
        {
            return AttemptProblems.NothingToCheck(1);
        }

        // Write
        var attempt = await StartAsync(request.Seed, slots, learner, source, versions, papers, clock, ct);
        var saved = await SaveAnswer.RunAsync(attempt, 1, new SaveAnswer.Request(request.Response.GetRawText(), 1, null, request.ElapsedMs, request.Confidence, "deck"), learner, papers, versions, writer, clock, ct);
        if (saved.Problem is { } problem)
        {
            return problem;
        }

        var submitted = await SubmitAttempt.RunAsync(attempt, new(), learner, source, versions, clock, ct);
        return submitted.Problem is { } failed ? failed : new Answered(attempt);
    }

    private static async Task<Guid> StartAsync(
        long seed, List<StartableSlot> slots, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        var policy = new TestPolicy { ShuffleOptions = true };
        var attempt = new Attempt
        {
            LearnerId = learner.Id, Title = Title, Mode = AttemptMode.Review, Status = AttemptStatus.InProgress, Policy = new AttemptRules(policy, null, null, null),
            Seed = seed, CreatedAt = clock.GetUtcNow(), StartedAt = clock.GetUtcNow(), ItemCount = 1,
        };
        await using var connection = await source.OpenConnectionAsync(ct);
        await InsertAttempt.RunAsync(connection, attempt, await SlotPoints.WeighAsync(slots, attempt.Policy.Profile, versions, ct), ct);
        papers.Keep(attempt.Id, new AttemptPaper(learner.Id, [slots[0].VersionId]));
        return attempt.Id;
    }
}
