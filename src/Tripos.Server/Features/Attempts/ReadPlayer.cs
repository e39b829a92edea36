using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>One item as the learner answers it. Pages read <see cref="ShownQuestion.Shown"/>, which holds no key and no explanation.</summary>
public sealed record PlayerItem(
    int Position, string? Section, LoadedVersion Version, JsonElement? Response, long Seed, bool Shuffle,
    int Sequence, long ElapsedMs, short? Confidence, bool Flagged, DateTimeOffset? SavedAt) : ShownQuestion(Position, Version, Response, Seed, Shuffle);

/// <summary>Everything the player page shows.</summary>
public sealed record PlayerView(
    Guid AttemptId, Guid? TestId, string Title, AttemptMode Mode, AttemptStatus Status, int Number, int? AllowedAttempts,
    DateTimeOffset StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? LateUntil, long? WarnBeforeMs, DateTimeOffset ServerNow, IReadOnlyList<PlayerItem> Items)
{
    /// <summary>False once it is submitted: the page then goes to the result.</summary>
    public bool IsOpen => Status is AttemptStatus.InProgress or AttemptStatus.Paused;
}

/// <summary>Reads an attempt for the learner who is sitting it.</summary>
public static class ReadPlayer
{
    public static async Task<Outcome<PlayerView>> RunAsync(
        Guid attemptId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT test_id, title, mode, status, number, policy::text, COALESCE(started_at, created_at), deadline_at, late_until, seed
                FROM attempts WHERE id = $1 AND learner_id = $2
                """, attemptId, learner.Id)
            .With("""
                SELECT position, section, question_version_id, response::text, sequence, elapsed_ms, confidence, flagged, changed_at
                FROM answers WHERE attempt_id = $1 ORDER BY position
                """, attemptId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return AttemptProblems.NotFound;
        }

        var rules = JsonSerializer.Deserialize<AttemptRules>(reader.GetString(5), Json.Options)!;
        long seed = reader.GetInt64(9);
        var view = new PlayerView(attemptId, reader.Maybe<Guid?>(0), reader.GetString(1), reader.Word<AttemptMode>(2), reader.Word<AttemptStatus>(3), reader.GetInt32(4),
            rules.Test.AllowedAttempts, reader.Time(6), reader.MaybeTime(7), reader.MaybeTime(8), rules.WarnBeforeMs, clock.GetUtcNow(), []);
        await reader.NextResultAsync(ct);
        var rows = await reader.ReadAllAsync(Row.Read, ct);
        var loaded = await versions.LoadAsync([.. rows.Select(row => row.VersionId)], ct);

        return view with { Items = [.. rows.Select((row, i) => row.ToItem(loaded[i], seed, rules.Test.ShuffleOptions))] };
    }

    private sealed record Row(
        short Position, string? Section, int VersionId, string? Response, int Sequence, long ElapsedMs, short? Confidence, bool Flagged, DateTimeOffset? ChangedAt)
    {
        public static Row Read(NpgsqlDataReader row) => new(
            row.GetInt16(0), row.Maybe<string>(1), row.GetInt32(2), row.Maybe<string>(3), row.GetInt32(4),
            row.Maybe<long>(5), row.Maybe<short?>(6), row.GetBoolean(7), row.MaybeTime(8));

        public PlayerItem ToItem(LoadedVersion version, long seed, bool shuffle) => new(
            Position, Section, version, ResponseText.Parse(Response), seed, shuffle, Sequence, ElapsedMs, Confidence, Flagged, ChangedAt);
    }
}
