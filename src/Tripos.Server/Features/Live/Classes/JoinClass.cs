using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A learner joins the class whose code they know.</summary>
public static class JoinClass
{
    public sealed record Request(string Code);

    /// <param name="IsMember">Whether the person is in the class.</param>
    public sealed record Offer(Guid ClassId, string Name, string Teacher, bool IsMember);

    /// <summary>What a code offers to the person who has it. Counts as a try.</summary>
    public static async Task<Outcome<Offer>> ReadAsync(string? typed, CurrentUser learner, JoinCodeTries tries, NpgsqlDataSource source, CancellationToken ct)
    {
        if (!tries.Count(learner.Id))
        {
            return ClassProblems.TooManyTries;
        }

        var offers = JoinCode.Parse(typed) is not { } code ? [] : await source.QueryAsync("""
            SELECT c.id, c.name, t.display_name, EXISTS (SELECT FROM class_members m WHERE m.class_id = c.id AND m.learner_id = $2)
            FROM classes c JOIN users t ON t.id = c.teacher_id WHERE c.join_code = $1 AND c.status = 'active'
            """, row => new Offer(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), ct, code, learner.Id);
        return offers is [var offer] ? offer : ClassProblems.CodeUnknown;
    }

    /// <summary>Joins; for somebody who is in the class already nothing changes.</summary>
    public static async Task<Outcome<Offer>> RunAsync(string? typed, CurrentUser learner, JoinCodeTries tries, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var read = await ReadAsync(typed, learner, tries, source, ct);
        if (read.Value is not { IsMember: false })
        {
            return read;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await HeldClass.ByCodeAsync(JoinCode.Parse(typed)!, connection, ct) is not { } held)
        {
            return ClassProblems.CodeUnknown;
        }

        if (held.TeacherId == learner.Id)
        {
            return ClassProblems.OwnClass;
        }

        await ClaimRoster.RunAsync(learner.Id, connection, ct); // somebody who is listed and has the code is one person, not two
        await connection.ExecuteAsync("INSERT INTO class_members (class_id, learner_id, joined_by, joined_at) VALUES ($1, $2, 'code', $3) ON CONFLICT DO NOTHING", ct, held.Id, learner.Id, clock.GetUtcNow());
        await transaction.CommitAsync(ct);
        return read.Value with { IsMember = true };
    }
}
