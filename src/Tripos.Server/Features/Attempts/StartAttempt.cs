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
        var attempt = await NewAttempt.AtAsync(test, new(learner.Id, test.LastNumber + 1, mode, seed, test.Allowance), versions, clock.GetUtcNow(), ct);
        try
        {
            await InsertAttempt.RunAsync(connection, [attempt], ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return null;
        }

        papers.Keep(attempt.Attempt.Id, attempt.Paper);
        return new Started(attempt.Attempt.Id, attempt.Attempt.Number, Resumed: false);
    }
}
