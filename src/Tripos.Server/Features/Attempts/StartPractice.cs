using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Starts an untimed attempt over questions drawn by a blueprint: practice is a mode of the same engine, not another one.</summary>
public static class StartPractice
{
    /// <param name="TopicIds">Where to draw from; at least one.</param>
    /// <param name="Difficulty">1-5; null for any.</param>
    /// <param name="Seed">The same blueprint and seed draw the same questions; null for a new one.</param>
    public sealed record Request([MinLength(1), MaxLength(200)] int[] TopicIds, [Range(1, 5)] int? Difficulty = null, [Range(1, 200)] int Count = 10, long? Seed = null);

    public static async Task<Outcome<StartAttempt.Started>> RunAsync(
        Request request, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        var blueprint = new Blueprint(request.TopicIds, request.Difficulty, request.Count, request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));
        await using var connection = await source.OpenConnectionAsync(ct);
        var slots = await DrawAsync(connection, blueprint, ct);
        if (slots.Count == 0)
        {
            return AttemptProblems.NothingToPractise;
        }

        slots = await SlotPoints.WeighAsync(slots, ScoringProfiles.Percentage, versions, ct);
        var now = clock.GetUtcNow();
        var attempt = new Attempt
        {
            LearnerId = learner.Id,
            Title = await TitleAsync(connection, blueprint, ct),
            Mode = AttemptMode.Practice,
            Status = AttemptStatus.InProgress,
            Policy = new AttemptRules(new TestPolicy { ShuffleOptions = true }, null, null, null),
            Blueprint = blueprint,
            Seed = blueprint.Seed,
            CreatedAt = now,
            StartedAt = now,
            ItemCount = (short)slots.Count,
        };
        await InsertAttempt.RunAsync(connection, attempt, slots, ct);
        papers.Keep(attempt.Id, new AttemptPaper(learner.Id, [.. slots.Select(slot => slot.VersionId)]));
        return new StartAttempt.Started(attempt.Id, attempt.Number, Resumed: false);
    }

    private static Task<List<StartableSlot>> DrawAsync(NpgsqlConnection connection, Blueprint blueprint, CancellationToken ct) =>
        connection.QueryAsync("""
            SELECT id, current_version_id, topic_id FROM questions
            WHERE topic_id = ANY ($1) AND status = 'live' AND NOT needs_key AND ($2::integer IS NULL OR difficulty = $2)
            ORDER BY hashint8extended(id, $3), id LIMIT $4
            """,
            row => new StartableSlot(row.GetInt32(0), row.GetInt32(1), NeedsKey: false, row.GetInt32(2), Section: null, Points: 1), ct,
            blueprint.TopicIds, blueprint.Difficulty, blueprint.Seed, blueprint.Count);

    private static async Task<string> TitleAsync(NpgsqlConnection connection, Blueprint blueprint, CancellationToken ct)
    {
        var names = await connection.QueryAsync("SELECT name FROM topics WHERE id = ANY ($1) ORDER BY display_order, id LIMIT 3", row => row.GetString(0), ct, blueprint.TopicIds);
        return blueprint.TopicIds.Length > 3 ? $"Practice: {string.Join(", ", names)} and more" : $"Practice: {string.Join(", ", names)}";
    }
}
