using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

public enum JoinedBy { Code, Roster, Teacher }

/// <summary>Who is in a class, for who runs it: its learners, and the people on its list who have no account yet.</summary>
public sealed record ClassMembers(IReadOnlyList<ClassMembers.Member> Members, IReadOnlyList<ClassMembers.Listed> List)
{
    /// <param name="Accommodation">More time in every timed attempt; null for none.</param>
    public sealed record Member(Guid LearnerId, string Name, string Email, JoinedBy JoinedBy, DateTimeOffset JoinedAt, Accommodation? Accommodation);

    /// <param name="InvitedAt">When they were last asked by mail to sign up; null for never.</param>
    public sealed record Listed(string Email, string Name, DateTimeOffset AddedAt, DateTimeOffset? InvitedAt);
}

public static class ReadMembers
{
    public static async Task<Outcome<ClassMembers>> RunAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        await ClassView.LoadAsync(classId, user, source, ct) is { Runs: true } ? await OfAsync(classId, source, ct) : ClassProblems.NotFound;

    private static async Task<ClassMembers> OfAsync(Guid classId, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await ClaimRoster.InClassAsync(classId, connection, ct);
        var members = await connection.QueryAsync($"""
            SELECT u.id, u.display_name, u.email, m.joined_by, m.joined_at, {Accommodation.Columns}
            FROM class_members m JOIN users u ON u.id = m.learner_id LEFT JOIN accommodations a ON a.learner_id = u.id LEFT JOIN users s ON s.id = a.set_by
            WHERE m.class_id = $1 ORDER BY u.display_name, u.id
            """, row => new ClassMembers.Member(row.GetGuid(0), row.GetString(1), row.GetString(2), row.Word<JoinedBy>(3), row.Time(4), Accommodation.Read(row, 5)), ct, classId);
        var listed = await connection.QueryAsync("SELECT lower(normalized_email), name, added_at, invited_at FROM class_roster WHERE class_id = $1 ORDER BY name, normalized_email",
            row => new ClassMembers.Listed(row.GetString(0), row.GetString(1), row.Time(2), row.MaybeTime(3)), ct, classId);
        return new(members, listed);
    }
}
