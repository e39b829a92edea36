using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A class that this transaction holds, so that who is in it does not change while it is archived, and the other way round.</summary>
internal sealed record HeldClass(Guid Id, Guid TeacherId, string Name, ClassStatus Status)
{
    /// <summary>Holds a class for somebody who runs it; for everybody else there is none.</summary>
    public static async Task<Outcome<HeldClass>> ByTeacherAsync(Guid id, CurrentUser user, NpgsqlConnection connection, CancellationToken ct) =>
        await FindAsync("id = $1", id, connection, ct) is { } held && ClassView.IsRunBy(user, held.TeacherId) ? held : ClassProblems.NotFound;

    /// <summary>Holds the active class that has this code.</summary>
    public static Task<HeldClass?> ByCodeAsync(string code, NpgsqlConnection connection, CancellationToken ct) =>
        FindAsync("join_code = $1 AND status = 'active'", code, connection, ct);

    private static async Task<HeldClass?> FindAsync(string which, object value, NpgsqlConnection connection, CancellationToken ct) =>
        (await connection.QueryAsync($"SELECT id, teacher_id, name, status FROM classes WHERE {which} FOR NO KEY UPDATE",
            row => new HeldClass(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Word<ClassStatus>(3)), ct, value)).SingleOrDefault();
}
