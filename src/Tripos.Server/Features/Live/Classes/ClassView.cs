using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

public enum ClassStatus { Active, Archived }

/// <summary>A class as somebody who may know of it sees it.</summary>
/// <param name="JoinCode">Only for who runs the class; null also while nobody may join by code.</param>
/// <param name="Listed">People on its list who have no account yet; 0 for its learners.</param>
/// <param name="Runs">Whether the reader runs it: its teacher, or an administrator. Everybody else who sees it is a member.</param>
public sealed record ClassView(
    Guid Id, string Name, string Description, ClassStatus Status, Guid TeacherId, string Teacher, string? JoinCode, DateTimeOffset CreatedAt, DateTimeOffset? ArchivedAt, int Members, int Listed, bool Runs)
{
    private const string Sql = """
        SELECT c.id, c.name, c.description, c.status, c.teacher_id, t.display_name, c.join_code, c.created_at, c.archived_at,
            (SELECT count(*) FROM class_members m WHERE m.class_id = c.id)::integer, (SELECT count(*) FROM class_roster r WHERE r.class_id = c.id)::integer
        FROM classes c JOIN users t ON t.id = c.teacher_id
        """;

    /// <summary>Whether somebody runs the classes of this teacher. A teacher who lost the role runs none.</summary>
    public static bool IsRunBy(CurrentUser user, Guid teacherId) => user.IsAdmin || (user.IsTeacher && user.Id == teacherId);

    /// <summary>Null for a class that is not there, or that is none of the reader's business.</summary>
    public static async Task<ClassView?> LoadAsync(Guid id, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync($"""
            {Sql} WHERE c.id = $1 AND ($3 OR ($4 AND c.teacher_id = $2) OR EXISTS (SELECT FROM class_members m WHERE m.class_id = c.id AND m.learner_id = $2))
            """, row => Read(row, user), ct, id, user.Id, user.IsAdmin, user.IsTeacher)).SingleOrDefault();

    /// <summary>Classes somebody runs, active ones first; for an administrator those of everybody.</summary>
    public static Task<List<ClassView>> RunByAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        user.IsTeacher || user.IsAdmin
            ? source.QueryAsync($"{Sql} WHERE $2 OR c.teacher_id = $1 ORDER BY c.status, c.teacher_id <> $1, c.name, c.id LIMIT 500", row => Read(row, user), ct, user.Id, user.IsAdmin)
            : Task.FromResult<List<ClassView>>([]);

    /// <summary>Classes somebody is a learner of, active ones first.</summary>
    public static Task<List<ClassView>> JoinedByAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync($"{Sql} WHERE EXISTS (SELECT FROM class_members m WHERE m.class_id = c.id AND m.learner_id = $1) ORDER BY c.status, c.name, c.id LIMIT 500",
            row => Read(row, user), ct, user.Id);

    private static ClassView Read(NpgsqlDataReader row, CurrentUser user)
    {
        bool runs = IsRunBy(user, row.GetGuid(4));
        return new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.Word<ClassStatus>(3), row.GetGuid(4), row.GetString(5), runs ? row.Maybe<string>(6) : null,
            row.Time(7), row.MaybeTime(8), row.GetInt32(9), runs ? row.GetInt32(10) : 0, runs);
    }
}
