using System.Text.Json;
using Npgsql;
using Tripos.Evaluation;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Where the marking of an answer stands: <c>Second</c> waits for a second person, <c>Disagree</c> for a third.</summary>
public enum MarkingState { Unmarked, Second, Disagree, Decided }

/// <summary>First and second mark are given independently; a decision settles their disagreement, or changes what was decided.</summary>
public enum MarkPart { First, Second, Decision }

public enum MarkStatus { Draft, Given, Replaced, Withdrawn }

/// <summary>What a teacher says of a place of the answer, or of all of it.</summary>
/// <param name="Place">Null for the answer as a whole.</param>
public sealed record MarkComment(string Text, Place? Place = null);

/// <summary>What one teacher gave to one answer.</summary>
/// <param name="Traits">For every trait; scores may be missing from a draft.</param>
/// <param name="Reason">Why an earlier decision was changed.</param>
public sealed record Mark(
    Guid Id, Guid MarkerId, string Marker, MarkPart Part, MarkStatus Status, IReadOnlyList<TraitScore> Traits, IReadOnlyList<MarkComment> Comments, string Summary, string Reason,
    DateTimeOffset ChangedAt, DateTimeOffset? GivenAt, DateTimeOffset? EndedAt, string? EndedBy, string? EndedBecause)
{
    public double Total => MarkingRules.TotalOf(Traits);

    /// <summary>All marks of an answer, those that no longer count included; the oldest first.</summary>
    internal static Task<List<Mark>> OfAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) => connection.QueryAsync("""
        SELECT m.id, m.marker_id, u.display_name, m.part, m.status, m.traits::text, m.comments::text, m.summary, m.reason, m.changed_at, m.given_at, m.ended_at, e.display_name, m.ended_because
        FROM marks m JOIN users u ON u.id = m.marker_id LEFT JOIN users e ON e.id = m.ended_by WHERE m.attempt_id = $1 AND m.position = $2 ORDER BY m.id
        """, Read, ct, attemptId, position);

    private static Mark Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.Word<MarkPart>(3), row.Word<MarkStatus>(4),
        JsonSerializer.Deserialize<List<TraitScore>>(row.GetString(5), Json.Options)!, JsonSerializer.Deserialize<List<MarkComment>>(row.GetString(6), Json.Options)!,
        row.GetString(7), row.GetString(8), row.Time(9), row.MaybeTime(10), row.MaybeTime(11), row.Maybe<string>(12), row.Maybe<string>(13));
}
