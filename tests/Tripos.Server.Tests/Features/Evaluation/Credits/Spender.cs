using Npgsql;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>How far a spender comes before it dies; <c>…Written</c> is before the commit.</summary>
public enum SpenderStep { ReserveWritten, Reserved, SettleWritten, Settled, RefundWritten, Refunded }

/// <summary>Pays for one request up to a step, says so, and stays there with its transaction open.</summary>
internal static class Spender
{
    /// <summary>Notified with the step once it is reached.</summary>
    public const string Channel = "spender";

    /// <summary>So that one whose killer died ends by itself.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(NpgsqlDataSource source, SpenderStep last, Guid user, Guid request, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        foreach (var (step, work) in Work(connection, last, user, request, ct))
        {
            await using var transaction = await connection.BeginTransactionAsync(ct);
            await work();
            if (step != last)
            {
                await transaction.CommitAsync(ct);
            }

            if (step >= last - 1 && (step == last || last is SpenderStep.Reserved or SpenderStep.Settled or SpenderStep.Refunded))
            {
                await source.ExecuteAsync("SELECT pg_notify($1, $2)", ct, Channel, $"{last} {user}");
                await Task.Delay(LongestWait, ct);
            }
        }
    }

    // The transactions on the way, each by the step in which it is written.
    private static IEnumerable<(SpenderStep Step, Func<Task> Work)> Work(NpgsqlConnection connection, SpenderStep last, Guid user, Guid request, CancellationToken ct)
    {
        yield return (SpenderStep.ReserveWritten, () => CreditLedger.ReserveAsync(connection, request, user, UsageType.Writing, 3, Books.Noon, ct));
        if (last is SpenderStep.SettleWritten or SpenderStep.Settled)
        {
            yield return (SpenderStep.SettleWritten, () => CreditLedger.SettleAsync(connection, request, 900, Books.Noon, ct));
        }

        if (last is SpenderStep.RefundWritten or SpenderStep.Refunded)
        {
            yield return (SpenderStep.RefundWritten, () => CreditLedger.RefundAsync(connection, request, "The provider did not answer", Books.Noon, ct));
        }
    }
}
