using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Starts today's drill, or gives back the one there is: a few questions from what is due and what is weak, once per day of the learner.</summary>
public static class StartDrill
{
    public const short Items = 5;
    private const short FewestItems = 3;

    /// <param name="Repair">Twice as many questions, which make up for yesterday.</param>
    public sealed record Request(bool Repair = false);

    public static async Task<Outcome<StartSession.Started>> RunAsync(Request request, CurrentUser learner, NpgsqlDataSource source, PracticeItems items, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var now = clock.GetUtcNow();
        int have = (await items.GetAsync(ct)).InScope([]).Sum(topic => topic.Live.Count(item => item.IsMeasuring));
        await using var connection = await source.OpenConnectionAsync(ct);
        var streak = await DrillDays.ReadAsync(connection, learner.Id, now, ct);
        var today = await FindAsync(connection, learner.Id, streak.Today, ct);

        // Decide
        if (request.Repair && streak.RepairableDay is null && today is not { Repairs: true })
        {
            return PracticeProblems.NothingToRepair;
        }

        if (today is { } there)
        {
            return await GoOnAsync(connection, there, request.Repair ? streak.RepairableDay : null, ct);
        }

        if (have == 0)
        {
            return AttemptProblems.NothingToPractise;
        }

        // Write
        short size = (short)(Math.Clamp(have, FewestItems, Items) * (request.Repair ? 2 : 1));
        string title = $"Daily drill, {streak.Today.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";
        try
        {
            var id = await StartSession.InsertAsync(connection, learner.Id, PracticeKind.Drill, title, [], size, null, RandomNumberGenerator.GetInt32(int.MaxValue), streak.Today, request.Repair ? streak.RepairableDay : null, now, ct);
            return new StartSession.Started(id, Resumed: false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new StartSession.Started((await FindAsync(connection, learner.Id, streak.Today, ct))!.AttemptId, Resumed: true); // two starts in one moment
        }
    }

    private sealed record Today(Guid AttemptId, bool IsOpen, bool Repairs);

    // A drill of today that is still open grows into a double one; one that is over stays as it was.
    private static async Task<Outcome<StartSession.Started>> GoOnAsync(NpgsqlConnection connection, Today today, DateOnly? repairs, CancellationToken ct)
    {
        if (repairs is not null && !today.Repairs)
        {
            if (!today.IsOpen)
            {
                return PracticeProblems.NothingToRepair;
            }

            await connection.ExecuteAsync("UPDATE practice_sessions SET repairs_day = $2, most_items = most_items * 2 WHERE attempt_id = $1 AND repairs_day IS NULL", ct, today.AttemptId, repairs);
        }

        return new StartSession.Started(today.AttemptId, Resumed: true);
    }

    private static async Task<Today?> FindAsync(NpgsqlConnection connection, Guid learnerId, DateOnly day, CancellationToken ct) => await connection.QueryAsync("""
        SELECT s.attempt_id, a.status = 'in_progress', s.repairs_day IS NOT NULL FROM practice_sessions s JOIN attempts a ON a.id = s.attempt_id
        WHERE s.learner_id = $1 AND s.kind = 'drill' AND s.drill_day = $2
        """, row => new Today(row.GetGuid(0), row.GetBoolean(1), row.GetBoolean(2)), ct, learnerId, day) is [var found] ? found : null;
}
