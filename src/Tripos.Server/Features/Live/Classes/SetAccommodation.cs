using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>More time for a learner: read, set and taken away by a teacher of a class the learner is in, or by an administrator. It counts for attempts started from then on.</summary>
public static class SetAccommodation
{
    public sealed record Request(float Factor = 1, long ExtraMs = 0, string? Note = null);

    public static async Task<Outcome<Accommodation>> ReadAsync(Guid learnerId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        await MayAsync(learnerId, user, source, ct)
            ? await FindAsync(learnerId, source, ct) ?? new Accommodation(1, 0, "", null, null)
            : ClassProblems.NoSuchLearner;

    public static async Task<Outcome<Accommodation>> RunAsync(
        Guid learnerId, Request request, CurrentUser user, Visitor visitor, NpgsqlDataSource source, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        if (!await MayAsync(learnerId, user, source, ct))
        {
            return ClassProblems.NoSuchLearner;
        }

        if (Check(request).ToList() is { Count: > 0 } errors)
        {
            return ClassProblems.Invalid(errors);
        }

        string note = PlainText.OneLine(request.Note ?? "");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO accommodations (learner_id, factor, extra_ms, note, set_by, set_at)
            VALUES ({learnerId}, {request.Factor}, {request.ExtraMs}, {note}, {user.Id}, {clock.GetUtcNow()})
            ON CONFLICT (learner_id) DO UPDATE SET factor = excluded.factor, extra_ms = excluded.extra_ms, note = excluded.note, set_by = excluded.set_by, set_at = excluded.set_at
            """, ct);
        db.Log(ActivityAction.ExtraTimeSet, learnerId, visitor, user.Id, ("time", ExtraTimeWords.Of(request.Factor, request.ExtraMs)));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (await FindAsync(learnerId, source, ct))!;
    }

    public static async Task<Outcome<Done>> RemoveAsync(Guid learnerId, CurrentUser user, Visitor visitor, NpgsqlDataSource source, AppDb db, CancellationToken ct)
    {
        if (!await MayAsync(learnerId, user, source, ct))
        {
            return ClassProblems.NoSuchLearner;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Database.ExecuteSqlAsync($"DELETE FROM accommodations WHERE learner_id = {learnerId}", ct) > 0)
        {
            db.Log(ActivityAction.ExtraTimeRemoved, learnerId, visitor, user.Id);
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    /// <summary>What a learner has, for their own pages; null for none.</summary>
    public static async Task<Accommodation?> FindAsync(Guid learnerId, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync($"SELECT {Accommodation.Columns} FROM accommodations a JOIN users s ON s.id = a.set_by WHERE a.learner_id = $1", row => Accommodation.Read(row, 0)!, ct, learnerId)).SingleOrDefault();

    private static async Task<bool> MayAsync(Guid learnerId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (user.IsTeacher || user.IsAdmin) && await source.QueryAsync("""
            SELECT EXISTS (SELECT FROM users WHERE id = $1)
                AND ($3 OR EXISTS (SELECT FROM class_members m JOIN classes c ON c.id = m.class_id WHERE m.learner_id = $1 AND c.teacher_id = $2))
            """, row => row.GetBoolean(0), ct, learnerId, user.Id, user.IsAdmin) is [true];

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (!(request.Factor is >= 1 and <= Accommodation.LargestFactor))
        {
            yield return ("factor", $"Choose a factor from 1 to {Accommodation.LargestFactor}: 1.25 is a quarter more time");
        }

        if (request.ExtraMs is < 0 or > Accommodation.LargestExtraMs)
        {
            yield return ("extraMs", $"Choose up to {Words.Duration(Accommodation.LargestExtraMs)} more");
        }

        if (request.Note?.Trim().Length > Accommodation.LongestNote)
        {
            yield return ("note", $"Shorten the note to {Accommodation.LongestNote} characters");
        }
    }
}
