using Npgsql;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>
/// Moves credits in the caller's transaction: reserved before an evaluation begins, settled when it counts, given back when nothing came of it.
/// All of it may be said twice; the database refuses whatever would spend what nobody has.
/// </summary>
public static class CreditLedger
{
    private const int LongestReason = 500;

    /// <summary>Puts credits aside: daily ones first, then extra ones.</summary>
    /// <returns>The reservation, also if it was made before; one that is held while a spending cap is reached; or <c>credits-short</c>.</returns>
    public static async Task<Outcome<CreditReservation>> ReserveAsync(
        NpgsqlConnection connection, Guid requestId, Guid payerId, UsageType usage, int credits, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(credits);
        var wallet = await Wallet.LockAsync(connection, payerId, now, ct);
        if (await Reserved.FindAsync(connection, requestId, ct) is { } earlier)
        {
            return Again(earlier, payerId);
        }

        wallet = await wallet.RenewAsync(connection, now, ct);
        var balance = wallet.BalanceAt(now);
        if (!balance.Covers(credits))
        {
            return CreditProblems.Short(balance, credits);
        }

        CreditReservation reservation = new(requestId, payerId, usage, credits) { HeldBecause = await SpendingCaps.ReachedAsync(connection, payerId, credits, now, ct) };
        if (!reservation.IsHeld)
        {
            await WriteAsync(connection, reservation, wallet, now, ct);
        }

        return reservation;
    }

    /// <summary>The evaluation counts: what was reserved is spent.</summary>
    /// <param name="costMicros">What the provider charged, in millionths of the configured currency.</param>
    /// <returns>False where there is no open reservation: then nothing changed.</returns>
    public static async Task<bool> SettleAsync(NpgsqlConnection connection, Guid requestId, long costMicros, DateTimeOffset now, CancellationToken ct)
    {
        if (await Reserved.LockOpenAsync(connection, requestId, now, ct) is not var (open, wallet))
        {
            return false;
        }

        await open.End(TransferKind.Settle, wallet.Day ?? open.Day, now, costMicros).Moving(open.Credits, CreditAccount.Held, CreditAccount.Spent).WriteAsync(connection, ct);
        return true;
    }

    /// <summary>Nothing came of the evaluation: credits go back to where they came from, but daily ones of a day that is over expire.</summary>
    /// <returns>False where there is no open reservation: then nothing changed.</returns>
    public static async Task<bool> RefundAsync(NpgsqlConnection connection, Guid requestId, string reason, DateTimeOffset now, CancellationToken ct)
    {
        if (await Reserved.LockOpenAsync(connection, requestId, now, ct) is not var (open, locked))
        {
            return false;
        }

        var wallet = await locked.RenewAsync(connection, now, ct);
        await open.End(TransferKind.Refund, wallet.Day!.Value, now, reason: reason[..Math.Min(reason.Length, LongestReason)])
            .Moving(open.FromDaily, CreditAccount.Held, wallet.Day == open.Day ? CreditAccount.Daily : CreditAccount.Expired)
            .Moving(open.Credits - open.FromDaily, CreditAccount.Held, CreditAccount.Extra).WriteAsync(connection, ct);
        return true;
    }

    /// <summary>What somebody has now, with today's credits even if nothing has written them down yet; writes nothing.</summary>
    public static async Task<CreditBalance> BalanceAsync(NpgsqlConnection connection, Guid userId, DateTimeOffset now, CancellationToken ct) =>
        (await Wallet.ReadAsync(connection, userId, now, ct)).BalanceAt(now);

    private static Outcome<CreditReservation> Again(Reserved earlier, Guid payerId) =>
        earlier.UserId != payerId ? throw new InvalidOperationException($"The request {earlier.RequestId} is somebody else's.")
        : earlier.Ended == TransferKind.Refund ? CreditProblems.Refunded
        : new CreditReservation(earlier.RequestId, earlier.UserId, earlier.Usage, earlier.Credits);

    private static async Task WriteAsync(NpgsqlConnection connection, CreditReservation reservation, Wallet wallet, DateTimeOffset now, CancellationToken ct)
    {
        var day = wallet.Day!.Value;
        int missing = wallet.Unlimited ? Math.Max(0, reservation.Credits - wallet.Daily) : 0;
        if (missing > 0)
        {
            await new Transfer(TransferKind.Unlimited, wallet.UserId, day, now).Moving(missing, CreditAccount.Issued, CreditAccount.Daily).WriteAsync(connection, ct);
        }

        int fromDaily = Math.Min(reservation.Credits, wallet.Daily + missing);
        await new Transfer(TransferKind.Reserve, wallet.UserId, day, now) { RequestId = reservation.RequestId, Usage = reservation.Usage }
            .Moving(fromDaily, CreditAccount.Daily, CreditAccount.Held)
            .Moving(reservation.Credits - fromDaily, CreditAccount.Extra, CreditAccount.Held).WriteAsync(connection, ct);
    }
}
