using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

public enum PracticeSource
{
    /// <summary>Every live question.</summary>
    All,

    /// <summary>Questions the learner bookmarked.</summary>
    Bookmarks,

    /// <summary>Questions whose last answer was wrong.</summary>
    Mistakes,
}

/// <summary>Practice as a learner builds it: they say where from, how hard, how many and how long; the draw is by chance.</summary>
public static class OwnPractice
{
    /// <param name="TopicIds">Empty for everywhere.</param>
    /// <param name="Difficulty">1-5; null for any.</param>
    /// <param name="Minutes">The time for all of it; null for no clock.</param>
    public sealed record Plan(
        [MaxLength(200)] int[] TopicIds, [Range(1, 5)] int? Difficulty = null, [Range(1, 200)] int Count = 10, [Range(1, 600)] int? Minutes = null, PracticeSource From = PracticeSource.All);

    public static async Task<Outcome<StartAttempt.Started>> RunAsync(
        Plan plan, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct, DateOnly? scheduledFor = null)
    {
        long seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        await using var connection = await source.OpenConnectionAsync(ct);
        var drawn = await DrawAsync(connection, plan, learner.Id, seed, ct);
        if (drawn.Count == 0)
        {
            return AttemptProblems.NothingToPractise;
        }

        var slots = await SlotPoints.WeighAsync(drawn, ScoringProfiles.Percentage, versions, ct);
        var now = clock.GetUtcNow();
        var policy = new TestPolicy { ShuffleOptions = true };
        var deadline = plan.Minutes is { } minutes ? now.AddMinutes(minutes) : (DateTimeOffset?)null;
        var attempt = new Attempt
        {
            LearnerId = learner.Id,
            Title = await TitleAsync(connection, plan, ct),
            Mode = AttemptMode.Practice,
            Status = AttemptStatus.InProgress,
            Policy = new AttemptRules(policy, plan.Minutes * 60_000L, null, null),
            Blueprint = new Blueprint(plan.TopicIds, plan.Difficulty, plan.Count, seed),
            Seed = seed,
            ScheduledFor = scheduledFor is { } day ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
            CreatedAt = now,
            StartedAt = now,
            DeadlineAt = deadline,
            LateUntil = deadline?.AddMilliseconds(policy.GraceMs),
            ItemCount = (short)slots.Count,
        };
        await InsertAttempt.RunAsync(connection, attempt, slots, ct);
        papers.Keep(attempt.Id, new AttemptPaper(learner.Id, [.. slots.Select(slot => slot.VersionId)]));
        return new StartAttempt.Started(attempt.Id, attempt.Number, Resumed: false);
    }

    /// <summary>What it is called: Mistakes: closures, loops.</summary>
    public static async Task<string> TitleAsync(NpgsqlConnection connection, Plan plan, CancellationToken ct)
    {
        string what = plan.From switch { PracticeSource.Bookmarks => "Bookmarks", PracticeSource.Mistakes => "Mistakes", _ => "Practice" };
        var names = await connection.QueryAsync("SELECT name FROM topics WHERE id = ANY ($1) ORDER BY display_order, id LIMIT 3", row => row.GetString(0), ct, (object)plan.TopicIds);
        return names.Count == 0 ? $"{what}: all topics" : $"{what}: {string.Join(", ", names)}{(plan.TopicIds.Length > 3 ? " and more" : "")}";
    }

    private static Task<List<StartableSlot>> DrawAsync(NpgsqlConnection connection, Plan plan, Guid learnerId, long seed, CancellationToken ct) => connection.QueryAsync("""
        SELECT id, current_version_id, topic_id FROM questions q
        WHERE status = 'live' AND NOT needs_key AND (cardinality($1::integer[]) = 0 OR topic_id = ANY ($1)) AND ($2::integer IS NULL OR difficulty = $2)
            AND ($5 <> 'bookmarks' OR EXISTS (SELECT FROM bookmarks b WHERE b.user_id = $6 AND b.question_id = q.id))
            AND ($5 <> 'mistakes' OR EXISTS (SELECT FROM learner_items i WHERE i.learner_id = $6 AND i.question_id = q.id AND NOT i.last_correct))
            AND NOT EXISTS (SELECT FROM attempts a JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id
                WHERE a.learner_id = $6 AND a.status IN ('created', 'ready', 'in_progress', 'paused') AND a.mode IN ('exam', 'mock', 'live') AND v.question_id = q.id)
        ORDER BY hashint8extended(id, $3), id LIMIT $4
        """, row => new StartableSlot(row.GetInt32(0), row.GetInt32(1), NeedsKey: false, row.Maybe<int?>(2), Section: null, Points: 1), ct,
        plan.TopicIds, plan.Difficulty, seed, plan.Count, AppDb.SnakeCase(plan.From.ToString()), learnerId);
}
