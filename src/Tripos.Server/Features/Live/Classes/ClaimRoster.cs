using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Makes people members of the active classes whose list has their address. Addresses are not verified on this server: whoever signs up with one claims it.</summary>
public static class ClaimRoster
{
    private static readonly string Claim = Of("u.id = $1"), ClaimInClass = Of("c.id = $1");

    /// <summary>The lists somebody is on. Looks up no more than one index when there is none, so that it may run wherever classes are read.</summary>
    public static Task<int> RunAsync(Guid learnerId, NpgsqlConnection connection, CancellationToken ct) => connection.ExecuteAsync(Claim, ct, learnerId);

    public static Task<int> RunAsync(Guid learnerId, NpgsqlDataSource source, CancellationToken ct) => source.ExecuteAsync(Claim, ct, learnerId);

    /// <summary>Everybody on the list of one class who has an account by now.</summary>
    public static Task<int> InClassAsync(Guid classId, NpgsqlConnection connection, CancellationToken ct) => connection.ExecuteAsync(ClaimInClass, ct, classId);

    private static string Of(string which) => $"""
        WITH claimed AS (
            DELETE FROM class_roster r USING users u, classes c
            WHERE {which} AND r.normalized_email = u.normalized_email AND c.id = r.class_id AND c.status = 'active' AND c.teacher_id <> u.id RETURNING r.class_id, u.id)
        INSERT INTO class_members (class_id, learner_id, joined_by) SELECT class_id, id, 'roster' FROM claimed ON CONFLICT DO NOTHING
        """;
}
