using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What the books say of one person.</summary>
/// <param name="GivenToday">Daily credits given for <paramref name="Day"/>, of all levels.</param>
internal sealed record Wallet(
    Guid UserId, DateOnly? Day, DateTimeOffset? DayStartedAt, MembershipLevel Level, TimeZoneInfo Zone, int Daily, int Extra, int Held, int GivenToday)
{
    private const string ReadSql = """
        SELECT w.day, w.day_started_at, COALESCE(m.level, 'free'), p.time_zone,
            COALESCE((SELECT balance FROM credit_accounts WHERE user_id = u.id AND account = 'daily'), 0)::int,
            COALESCE((SELECT balance FROM credit_accounts WHERE user_id = u.id AND account = 'extra'), 0)::int,
            COALESCE((SELECT balance FROM credit_accounts WHERE user_id = u.id AND account = 'held'), 0)::int,
            COALESCE((SELECT sum(credits) FROM credit_transfers t WHERE t.user_id = u.id AND t.day = w.day AND t.kind = 'daily'), 0)::int
        FROM users u LEFT JOIN credit_wallets w ON w.user_id = u.id LEFT JOIN profiles p ON p.user_id = u.id
            LEFT JOIN memberships m ON m.user_id = u.id AND (m.until IS NULL OR m.until > $2)
        WHERE u.id = $1
        """;

    public bool Unlimited => Level.PerDay is null;

    public CreditBalance BalanceAt(DateTimeOffset now)
    {
        var renewal = Renewal.Plan(this, now);
        return new CreditBalance(Level, Daily - renewal.Expires + renewal.Gives, Extra, Held, Unlimited, renewal.NextAt);
    }

    public static async Task<Wallet> ReadAsync(NpgsqlConnection connection, Guid userId, DateTimeOffset now, CancellationToken ct) =>
        (await connection.QueryAsync(ReadSql, row => Read(row, userId), ct, userId, now)).Single();

    /// <summary>Nobody else moves this person's credits until the transaction ends. Locks and reads are two statements, so that the second sees what the lock waited for.</summary>
    public static async Task<Wallet> LockAsync(NpgsqlConnection connection, Guid userId, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection)
            .With("INSERT INTO credit_wallets (user_id) VALUES ($1) ON CONFLICT DO NOTHING", userId)
            .With("SELECT 1 FROM credit_wallets WHERE user_id = $1 FOR UPDATE", userId);
        await batch.ExecuteNonQueryAsync(ct);
        return await ReadAsync(connection, userId, now, ct);
    }

    /// <summary>Takes away what expired and gives what is due; the wallet has to be locked.</summary>
    public async Task<Wallet> RenewAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken ct)
    {
        var renewal = Renewal.Plan(this, now);
        if (renewal.IsNewDay)
        {
            await connection.ExecuteAsync("UPDATE credit_wallets SET day = $2, day_started_at = $3 WHERE user_id = $1", ct, UserId, renewal.Day, renewal.StartedAt);
        }

        if (renewal.Expires > 0)
        {
            await new Transfer(TransferKind.Expire, UserId, Day!.Value, now).Moving(renewal.Expires, CreditAccount.Daily, CreditAccount.Expired).WriteAsync(connection, ct);
        }

        if (renewal.Gives > 0)
        {
            await new Transfer(TransferKind.Daily, UserId, renewal.Day, now) { Level = Level }
                .Moving(renewal.Gives, CreditAccount.Issued, CreditAccount.Daily).WriteAsync(connection, ct);
        }

        return this with { Day = renewal.Day, DayStartedAt = renewal.StartedAt, Daily = Daily - renewal.Expires + renewal.Gives, GivenToday = (renewal.IsNewDay ? 0 : GivenToday) + renewal.Gives };
    }

    private static Wallet Read(NpgsqlDataReader row, Guid userId) => new(
        userId, row.Maybe<DateOnly?>(0), row.MaybeTime(1), row.Word<MembershipLevel>(2),
        row.Maybe<string>(3) is { } id && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc,
        row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7));
}
