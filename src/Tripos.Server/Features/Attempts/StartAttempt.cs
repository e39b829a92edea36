using System.Security.Cryptography;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Starts a learner's attempt at a test, or gives back the one that is still open.</summary>
public static class StartAttempt
{
    public sealed record Started(Guid AttemptId, int Number, bool Resumed);

    public static Task<Outcome<Started>> RunAsync(
        Guid testId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        RunAsync(testId, RandomNumberGenerator.GetInt32(int.MaxValue), learner, source, versions, papers, clock, ct);

    /// <param name="testId">The test.</param>
    /// <param name="seed">Decides the order of questions and options of a new attempt.</param>
    public static async Task<Outcome<Started>> RunAsync(
        Guid testId, long seed, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        // Two starts in one moment: the second one loses against the unique number and finds the first one's attempt.
        var started = await TryAsync(testId, seed, learner, source, versions, papers, clock, ct);
        return started ?? await TryAsync(testId, seed, learner, source, versions, papers, clock, ct) ?? AttemptProblems.TestNotFound;
    }

    private static async Task<Outcome<Started>?> TryAsync(
        Guid testId, long seed, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        var test = await StartableTest.LoadAsync(connection, testId, learner.Id, ct);
        if (test is null || (!test.IsActive && !learner.IsAuthor))
        {
            return AttemptProblems.TestNotFound;
        }

        // Decide
        var mode = AttemptModes.For(test.Type);
        if (test.OpenAttempt is { } open)
        {
            return new Started(open.Id, open.Number, Resumed: true);
        }

        if (test.Slots.Count(slot => slot.NeedsKey) is > 0 and var missing)
        {
            return AttemptProblems.NeedsKey(missing);
        }

        if (AttemptModes.Of(mode).CountsAgainstAllowance && test.Rules.Test.AllowedAttempts is { } allowed && test.UsedAttempts >= allowed)
        {
            return AttemptProblems.NoAttemptsLeft(allowed);
        }

        // Write
        var slots = AttemptParts.Order(test.Slots, test.Rules.Test, seed);
        slots = await SlotPoints.WeighAsync(slots, test.Rules.Profile, versions, ct);
        var attempt = Create(test, AttemptParts.Of(slots, test.Rules.Test), mode, seed, learner, clock.GetUtcNow());
        try
        {
            await InsertAttempt.RunAsync(connection, attempt, slots, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }

        papers.Keep(attempt.Id, new AttemptPaper(learner.Id, [.. slots.Select(slot => slot.VersionId)]));
        return new Started(attempt.Id, attempt.Number, Resumed: false);
    }

    private static Attempt Create(StartableTest test, IReadOnlyList<AttemptPart>? parts, AttemptMode mode, long seed, CurrentUser learner, DateTimeOffset now)
    {
        var rules = AttemptModes.Of(mode).Timed ? test.Rules with { Parts = parts } : test.Rules;
        var deadline = AttemptModes.Of(mode).Timed && (rules.TimeLimitMs ?? AttemptParts.LongestMs(rules.Parts)) is { } limit ? now.AddMilliseconds(limit) : (DateTimeOffset?)null;
        return new Attempt
        {
            LearnerId = learner.Id,
            TestId = test.Id,
            TestVersion = test.Version,
            Number = test.LastNumber + 1,
            Title = test.Title,
            Mode = mode,
            Status = AttemptStatus.InProgress,
            Policy = rules,
            Seed = seed,
            CreatedAt = now,
            StartedAt = now,
            DeadlineAt = deadline,
            LateUntil = deadline?.AddMilliseconds(test.Rules.Test.GraceMs),
            ItemCount = (short)test.Slots.Count,
        };
    }
}
