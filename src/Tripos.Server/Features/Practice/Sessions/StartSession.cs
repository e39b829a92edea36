using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

public enum PracticeLength { Short, Standard, Deep }

/// <summary>Starts a session that chooses its questions, or goes on with the one that is open and asks for the same.</summary>
public static class StartSession
{
    public const int PlacementItems = 12;
    private static readonly TestPolicy Policy = new() { ShuffleOptions = true };

    /// <param name="Kind">Drills have a start of their own.</param>
    /// <param name="TopicIds">Where questions come from; empty for everywhere.</param>
    /// <param name="Length">Of adaptive practice; null for what the learner prefers.</param>
    /// <param name="Seed">Decides the draws; null for a new one.</param>
    public sealed record Request(PracticeKind Kind = PracticeKind.Adaptive, [MaxLength(200)] int[]? TopicIds = null, PracticeLength? Length = null, long? Seed = null);

    public sealed record Started(Guid AttemptId, bool Resumed);

    /// <summary>About how many questions each length has, and how long they may take.</summary>
    public static (short Items, long Ms) SizeOf(PracticeLength length) => length switch
    {
        PracticeLength.Short => (7, 5 * 60_000L),
        PracticeLength.Deep => (40, 30 * 60_000L),
        _ => (20, 15 * 60_000L),
    };

    public static async Task<Outcome<Started>> RunAsync(Request request, CurrentUser learner, NpgsqlDataSource source, PracticeItems items, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load
        int[] topicIds = [.. (request.TopicIds ?? []).Distinct().Order()];
        var catalogue = await items.GetAsync(ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        var open = await PracticeSession.FindOpenAsync(connection, learner.Id, request.Kind, ct);

        // Decide
        var scope = catalogue.InScope(topicIds);
        if (scope.Length == 0)
        {
            return AttemptProblems.NothingToPractise;
        }

        if (request.Kind == PracticeKind.Level && LevelBank.CountIn(scope) is var have and < LevelBank.FewestItems)
        {
            return PracticeProblems.TooFewForLevel(have, LevelBank.FewestItems);
        }

        if (open is not null && open.TopicIds.SequenceEqual(topicIds))
        {
            return new Started(open.AttemptId, Resumed: true);
        }

        // Write
        if (open is not null)
        {
            await FinishSession.RunAsync(open.AttemptId, learner, source, versions, clock, ct);
        }

        var (mostItems, mostMs) = await SizeAsync(connection, request, learner.Id, ct);
        long seed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var id = await InsertAsync(connection, learner.Id, request.Kind, TitleOf(request.Kind, topicIds, scope), topicIds, mostItems, mostMs, seed, null, null, clock.GetUtcNow(), ct);
        return new Started(id, Resumed: false);
    }

    internal static async Task<Guid> InsertAsync(
        NpgsqlConnection connection, Guid learnerId, PracticeKind kind, string title, int[] topicIds, short mostItems, long? mostMs, long seed, DateOnly? drillDay, DateOnly? repairsDay, DateTimeOffset now, CancellationToken ct)
    {
        var attempt = new Attempt
        {
            LearnerId = learnerId,
            Title = title,
            Mode = kind switch { PracticeKind.Placement => AttemptMode.Placement, PracticeKind.Level => AttemptMode.Adaptive, _ => AttemptMode.Practice },
            Status = AttemptStatus.InProgress,
            Policy = new AttemptRules(Policy, null, null, null, Stepwise: true),
            Blueprint = new Blueprint(topicIds, null, mostItems, seed),
            Seed = seed,
            CreatedAt = now,
            StartedAt = now,
            ItemCount = 0,
        };
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await InsertAttempt.RunAsync(connection, attempt, [], ct);
        await connection.ExecuteAsync("""
            INSERT INTO practice_sessions (attempt_id, learner_id, kind, topic_ids, most_items, most_ms, drill_day, repairs_day, created_at)
            VALUES ($1, $2, $3, $4, $5, $6::bigint, $7::date, $8::date, $9)
            """, ct, attempt.Id, learnerId, AppDb.SnakeCase(kind.ToString()), topicIds, mostItems, mostMs, drillDay, repairsDay, now);
        await transaction.CommitAsync(ct);
        return attempt.Id;
    }

    private static async Task<(short Items, long? Ms)> SizeAsync(NpgsqlConnection connection, Request request, Guid learnerId, CancellationToken ct)
    {
        if (request.Kind != PracticeKind.Adaptive)
        {
            return ((short)(request.Kind == PracticeKind.Level ? LevelBank.Settings.MaxItems : PlacementItems), null);
        }

        var length = request.Length ?? (await connection.QueryAsync("SELECT time_budget FROM preferences WHERE user_id = $1", row => row.Word<PracticeLength>(0), ct, learnerId)).FirstOrDefault(PracticeLength.Standard);
        return SizeOf(length);
    }

    private static string TitleOf(PracticeKind kind, int[] topicIds, PracticeTopic[] scope)
    {
        string name = kind switch { PracticeKind.Placement => "Placement", PracticeKind.Level => "Level test", _ => "Practice" };
        var topics = scope.Take(3).Select(topic => topic.Name).ToList();
        return topicIds.Length == 0 ? kind == PracticeKind.Adaptive ? "Practice for you" : name
            : scope.Length > 3 ? $"{name}: {string.Join(", ", topics)} and more" : $"{name}: {string.Join(", ", topics)}";
    }
}
