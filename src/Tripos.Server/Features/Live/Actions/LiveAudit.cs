using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

public enum LiveActionKind { Created, Edited, Opened, Started, Message, Paused, Resumed, ExtraTime, Submitted, Removed, Readmitted, Completed, Cancelled }

/// <summary>The audit trail of a session, and with it the push: an action is a row, and who shows sessions hears of it when it is committed.</summary>
public static class LiveAudit
{
    /// <summary>What an action means for one learner.</summary>
    /// <param name="DeadlineAt">Their deadline from now on, where it moved.</param>
    public sealed record Concerned(Guid LearnerId, DateTimeOffset? DeadlineAt = null);

    public sealed record Action(Guid SessionId, Guid? ActorId, LiveActionKind Kind, bool ToAll, object? Details, DateTimeOffset At)
    {
        public Guid Id { get; } = Guid.CreateVersion7();
    }

    /// <summary>Writes the action in the caller's transaction.</summary>
    /// <param name="connection">With the transaction that makes it true.</param>
    /// <param name="action">No actor: the server itself.</param>
    /// <param name="concerned">Whose page has to show it and to acknowledge it.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task AddAsync(NpgsqlConnection connection, Action action, IReadOnlyList<Concerned> concerned, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.With("INSERT INTO live_actions (id, session_id, actor_id, kind, to_all, details, at) VALUES ($1, $2, $3::uuid, $4, $5, $6::jsonb, $7)",
            action.Id, action.SessionId, action.ActorId, AppDb.SnakeCase(action.Kind.ToString()), action.ToAll, JsonSerializer.Serialize(action.Details ?? new { }, Json.Options), action.At);
        if (concerned.Count > 0)
        {
            batch.With("INSERT INTO live_receipts (action_id, learner_id, details) SELECT $1, t.learner_id, t.details::jsonb FROM unnest($2::uuid[], $3::text[]) AS t(learner_id, details)",
                action.Id, concerned.Select(each => each.LearnerId).ToArray(), concerned.Select(each => JsonSerializer.Serialize(new { each.DeadlineAt }, Json.Options)).ToArray());
        }

        batch.With("SELECT pg_notify($1, $2)", LiveNotice.Channel, new LiveNotice { Session = action.SessionId, Action = action.Id }.ToText());
        await batch.ExecuteNonQueryAsync(ct);
    }
}
