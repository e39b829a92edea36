using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>
/// Turns graded facts into rows of the log. One writer at a time gives the numbers, so that they follow the order of commits: whoever has read up to a
/// number has seen everything before it. A fact that is told twice changes nothing.
/// </summary>
public static class ResponseLog
{
    private const int MostFacts = 500;

    private const string TakeSql = """
        DELETE FROM graded_facts WHERE id IN (SELECT id FROM graded_facts ORDER BY id LIMIT $1)
        RETURNING id, attempt_id, position, created_at
        """;

    /// <summary>When the facts of one round were made; empty when there was none, or another server is at it.</summary>
    public static async Task<IReadOnlyList<DateTimeOffset>> WriteAsync(NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!(await connection.QueryAsync("SELECT pg_try_advisory_xact_lock(hashtextextended('responses', 0))", row => row.GetBoolean(0), ct))[0])
        {
            return [];
        }

        await connection.ExecuteAsync("SET LOCAL synchronous_commit = off", ct); // what a crash takes back here is still in the outbox
        var facts = await connection.QueryAsync(TakeSql, row => new GradedFact(row.GetInt64(0), row.GetGuid(1), row.Maybe<short?>(2), row.Time(3)), ct, MostFacts);
        if (facts.Count == 0)
        {
            return [];
        }

        facts.Sort((a, b) => a.Id.CompareTo(b.Id));
        var rows = await GradedRow.OfAsync(connection, facts, ct);
        long last = (await connection.QueryAsync("SELECT COALESCE(max(sequence), 0) FROM responses", row => row.GetInt64(0), ct))[0];
        var bodies = await versions.LoadAsync([.. rows.Select(row => row.VersionId)], ct);
        await LoggedResponse.AppendAsync(connection, Decide(rows, bodies, last, clock.GetUtcNow()), ct);
        await transaction.CommitAsync(ct);
        return [.. facts.Select(fact => fact.CreatedAt)];
    }

    private static List<LoggedResponse> Decide(List<GradedRow> rows, LoadedVersion[] versions, long last, DateTimeOffset now)
    {
        List<LoggedResponse> logged = [];
        HashSet<(Guid, short)> seen = [];
        for (int i = 0; i < rows.Count; i++)
        {
            if (!rows[i].IsLogged && seen.Add((rows[i].AttemptId, rows[i].Position)) && Of(rows[i], versions[i], last + logged.Count + 1, now) is { } response)
            {
                logged.Add(response);
            }
        }

        return logged;
    }

    private static LoggedResponse? Of(GradedRow row, LoadedVersion version, long sequence, DateTimeOffset now)
    {
        bool answered = ResponseText.Parse(row.Response) is { } given && !version.Kind.IsEmpty(given);
        if (!answered && AttemptModes.Of(row.Mode).ShowsFeedback)
        {
            return null; // practice that was left says nothing about the questions not reached
        }

        return new LoggedResponse(
            sequence, row.AttemptId, row.Position, (short)(row.LastRevision + 1 ?? 0), row.LearnerId, row.QuestionId, row.VersionId, row.TopicId, row.TestId, row.Mode,
            answered, row.IsCorrect, row.Score, row.LastScore, row.LastCorrect, row.Difficulty, GuessFloor.Of(version.Body), row.ElapsedMs, row.Confidence, row.AnsweredAt, row.LocalDay, now);
    }
}
