using System.Security.Cryptography;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>The attempts of a session: all together at the start, or one for somebody who comes late.</summary>
internal static class SessionAttempts
{
    /// <summary>The time everybody has; null for as long as they like.</summary>
    public static long? LimitOf(LiveSession session, StartableTest test) => session.LimitMs ?? AttemptParts.LongestMs(AttemptParts.Of(test.Slots, test.Rules.Test));

    /// <param name="connection">With the transaction that holds the session.</param>
    /// <param name="session">In progress, or about to be: with its deadline.</param>
    /// <param name="test">What is sat.</param>
    /// <param name="learnerIds">Who gets an attempt.</param>
    /// <param name="versions">What is asked.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<List<NewAttempt>> PrepareAsync(
        NpgsqlConnection connection, LiveSession session, StartableTest test, IReadOnlyCollection<Guid> learnerIds, QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        var used = (await connection.QueryAsync("SELECT learner_id, max(number) FROM attempts WHERE test_id = $1 AND learner_id = ANY ($2) GROUP BY learner_id",
            row => KeyValuePair.Create(row.GetGuid(0), row.GetInt32(1)), ct, test.Id, learnerIds.ToArray())).ToDictionary();
        var allowances = await TimeAllowance.OfAsync(connection, learnerIds, ct);
        var clock = new NewAttempt.LiveClock(session.Id, LimitOf(session, test), session.DeadlineAt, session.PausedAt);
        List<NewAttempt> attempts = [];
        foreach (var learner in learnerIds)
        {
            var whom = new NewAttempt.For(learner, used.GetValueOrDefault(learner) + 1, AttemptMode.Live, RandomNumberGenerator.GetInt32(int.MaxValue), allowances.GetValueOrDefault(learner, TimeAllowance.None), clock);
            attempts.Add(await NewAttempt.AtAsync(test, whom, versions, now, ct));
        }

        return attempts;
    }

    /// <summary>Two statements, however many learners there are.</summary>
    public static async Task WriteAsync(NpgsqlConnection connection, Guid sessionId, IReadOnlyList<NewAttempt> attempts, CancellationToken ct)
    {
        await InsertAttempt.RunAsync(connection, attempts, ct);
        await connection.ExecuteAsync("UPDATE live_participants p SET attempt_id = t.attempt FROM unnest($2::uuid[], $3::uuid[]) AS t(learner, attempt) WHERE p.session_id = $1 AND p.learner_id = t.learner",
            ct, sessionId, attempts.Select(each => each.Attempt.LearnerId).ToArray(), attempts.Select(each => each.Attempt.Id).ToArray());
    }
}
