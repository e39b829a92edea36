using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Why credits move. <c>Daily</c> and <c>Unlimited</c> come with memberships, <c>Gift</c> and <c>Withdrawal</c> from administrators.</summary>
public enum TransferKind { Daily, Unlimited, Gift, Withdrawal, Reserve, Settle, Refund, Expire }

/// <summary>Where credits are; every person has each. What was ever given is missing from <c>Issued</c>.</summary>
internal enum CreditAccount { Issued, Daily, Extra, Held, Spent, Expired }

/// <summary>One movement of credits between accounts of one person, to be written once.</summary>
internal sealed record Transfer(TransferKind Kind, Guid UserId, DateOnly Day, DateTimeOffset At)
{
    // One statement: nobody sees a transfer without its entries.
    private const string Insert = """
        WITH transfer AS (
            INSERT INTO credit_transfers (id, kind, user_id, day, created_at, request_id, usage_type, credits, cost_micros, level, reason, by_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id)
        INSERT INTO credit_entries (transfer_id, account, amount) SELECT transfer.id, entry.account, entry.amount FROM transfer, unnest($13::text[], $14::int[]) entry (account, amount)
        """;

    private readonly List<(CreditAccount Account, int Amount)> _entries = [];

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public Guid? RequestId { get; init; }
    public UsageType? Usage { get; init; }
    public long? CostMicros { get; init; }
    public MembershipLevel? Level { get; init; }
    public string Reason { get; init; } = "";
    public Guid? ById { get; init; }

    private int Credits => _entries.Where(entry => entry.Amount > 0).Sum(entry => entry.Amount);

    /// <summary>Adds a movement; nothing for 0 credits.</summary>
    public Transfer Moving(int credits, CreditAccount from, CreditAccount to)
    {
        Add(from, -credits);
        Add(to, credits);
        return this;
    }

    public Task WriteAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var entries = _entries.Where(entry => entry.Amount != 0).ToList();
        return connection.ExecuteAsync(Insert, ct, Id, Word(Kind), UserId, Day, At, RequestId, Usage is { } usage ? Word(usage) : null, Credits, CostMicros,
            Level is { } level ? Word(level) : null, Reason, ById, entries.Select(entry => Word(entry.Account)).ToArray(), entries.Select(entry => entry.Amount).ToArray());
    }

    private void Add(CreditAccount account, int amount)
    {
        int at = _entries.FindIndex(entry => entry.Account == account);
        if (at < 0)
        {
            _entries.Add((account, amount));
        }
        else
        {
            _entries[at] = (account, _entries[at].Amount + amount);
        }
    }

    internal static string Word<T>(T value) where T : struct, Enum => AppDb.SnakeCase(value.ToString());
}
