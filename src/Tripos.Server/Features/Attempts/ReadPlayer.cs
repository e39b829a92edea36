using System.Text.Json;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>One item as the learner answers it. Pages read <see cref="ShownQuestion.Shown"/>, which holds no key and no explanation.</summary>
/// <param name="Feedback">Set once the learner was shown the right answer; the answer then stays as it is.</param>
public sealed record PlayerItem(
    int Position, string? Section, LoadedVersion Version, JsonElement? Response, long Seed, bool Shuffle,
    int Sequence, long ElapsedMs, short? Confidence, bool Flagged, DateTimeOffset? SavedAt, ReviewItem? Feedback = null) : ShownQuestion(Position, Version, Response, Seed, Shuffle)
{
    /// <summary>The answer stays as it is, whether or not the right one is shown.</summary>
    public bool IsClosed { get; init; }
}

/// <summary>Everything the player page shows.</summary>
public sealed record PlayerView(
    Guid AttemptId, Guid? TestId, string Title, AttemptMode Mode, AttemptStatus Status, int Number, int? AllowedAttempts,
    DateTimeOffset StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? LateUntil, long? WarnBeforeMs, DateTimeOffset ServerNow, IReadOnlyList<PlayerItem> Items)
{
    /// <summary>The parts in order; null for an attempt that is one whole. <see cref="Items"/> holds those of the open part only.</summary>
    public IReadOnlyList<AttemptPart>? Parts { get; init; }

    /// <summary>Number of the open part; 0 before the first.</summary>
    public short? Part { get; init; }

    public DateTimeOffset? PartDeadlineAt { get; init; }

    /// <summary>One question after the other, without going back.</summary>
    public bool Linear { get; init; }

    /// <summary>Questions are added one by one; the page of practice shows them.</summary>
    public bool Stepwise { get; init; }

    /// <summary>The live session it belongs to; null for an attempt of one's own.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The learner has highlighted something.</summary>
    public bool IsMarked { get; init; }

    /// <summary>All earlier pauses together: the clocks of questions go without them.</summary>
    public long PausedMs { get; init; }

    /// <summary>Since when it is paused; null while it goes on.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>Of the whole attempt, in all parts.</summary>
    public int ItemCount { get; init; }

    public AttemptPart? CurrentPart => Parts?.FirstOrDefault(part => part.Number == Part);

    public AttemptPart? NextPart => Parts?.FirstOrDefault(part => part.Number == Part + 1);

    /// <summary>The learner may look at the right answer of one question before going on.</summary>
    public bool ShowsFeedback => AttemptModes.Of(Mode).ShowsFeedback;

    /// <summary>The clocks of items and the limits on listening apply; see <see cref="AttemptModes"/>.</summary>
    public bool IsTimed => AttemptModes.Of(Mode).Timed;

    /// <summary>False once it is submitted: the page then goes to the result.</summary>
    public bool IsOpen => Status is AttemptStatus.InProgress or AttemptStatus.Paused;
}

/// <summary>Reads an attempt for the learner who is sitting it.</summary>
public static class ReadPlayer
{
    /// <param name="attemptId">The attempt.</param>
    /// <param name="lastOnly">Only the newest item, as a page shows it that goes step by step.</param>
    public static async Task<Outcome<PlayerView>> RunAsync(
        Guid attemptId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct, bool lastOnly = false)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT test_id, title, mode, status, number, policy::text, COALESCE(started_at, created_at), deadline_at, late_until, seed, part, part_deadline_at, item_count, session_id, paused_ms, paused_at,
                    EXISTS (SELECT FROM annotations n WHERE n.attempt_id = id AND n.removed_at IS NULL)
                FROM attempts WHERE id = $1 AND learner_id = $2
                """, attemptId, learner.Id)
            .With("""
                SELECT position, section, question_version_id, response::text, sequence, elapsed_ms, confidence, flagged, changed_at, checked_at IS NOT NULL, points_max
                FROM answers JOIN (SELECT id, part_first, part_last, item_count FROM attempts) t ON t.id = attempt_id
                WHERE attempt_id = $1 AND position BETWEEN COALESCE(part_first, CASE WHEN $2 THEN item_count END, 1) AND COALESCE(part_last, 32767) ORDER BY position
                """, attemptId, lastOnly);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return AttemptProblems.NotFound;
        }

        var rules = JsonSerializer.Deserialize<AttemptRules>(reader.GetString(5), Json.Options)!;
        long seed = reader.GetInt64(9);
        var view = new PlayerView(attemptId, reader.Maybe<Guid?>(0), reader.GetString(1), reader.Word<AttemptMode>(2), reader.Word<AttemptStatus>(3), reader.GetInt32(4),
            rules.Test.AllowedAttempts, reader.Time(6), reader.MaybeTime(7), reader.MaybeTime(8), rules.WarnBeforeMs, clock.GetUtcNow(), [])
        {
            Parts = rules.Parts,
            Part = reader.Maybe<short?>(10),
            PartDeadlineAt = reader.MaybeTime(11),
            ItemCount = reader.GetInt16(12),
            SessionId = reader.Maybe<Guid?>(13),
            PausedMs = reader.GetInt64(14),
            IsMarked = reader.GetBoolean(16),
            PausedAt = reader.MaybeTime(15),
            Stepwise = rules.Stepwise,
            Linear = rules.Test.Linear && AttemptModes.Of(reader.Word<AttemptMode>(2)).Timed,
        };
        await reader.NextResultAsync(ct);
        var rows = await reader.ReadAllAsync(Row.Read, ct);
        var loaded = await versions.LoadAsync([.. rows.Select(row => row.VersionId)], ct);

        return view with { Items = [.. rows.Select((row, i) => row.ToItem(attemptId, loaded[i], seed, rules, view.ShowsFeedback, versions.Resources))] };
    }

    private sealed record Row(
        short Position, string? Section, int VersionId, string? Response, int Sequence, long ElapsedMs, short? Confidence, bool Flagged, DateTimeOffset? ChangedAt, bool IsChecked, float PointsMax)
    {
        public static Row Read(NpgsqlDataReader row) => new(
            row.GetInt16(0), row.Maybe<string>(1), row.GetInt32(2), row.Maybe<string>(3), row.GetInt32(4),
            row.Maybe<long>(5), row.Maybe<short?>(6), row.GetBoolean(7), row.MaybeTime(8), row.GetBoolean(9), row.GetFloat(10));

        public PlayerItem ToItem(Guid attemptId, LoadedVersion version, long seed, AttemptRules rules, bool showsFeedback, ScoringResources resources) => new(
            Position, Section, version, ResponseText.Parse(Response), seed, rules.Test.ShuffleOptions, Sequence, ElapsedMs, Confidence, Flagged, ChangedAt,
            IsChecked && showsFeedback ? new FeedbackRow(attemptId, Position, VersionId, PointsMax, Response, Confidence, ElapsedMs, Flagged).Review(version, rules, seed, resources) : null)
        {
            IsClosed = IsChecked,
        };
    }
}
