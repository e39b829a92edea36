using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>An administrator gives somebody extra credits, or takes back what is left of them.</summary>
public static class GiveCredits
{
    public const int Most = 100_000;
    private const int MostTogether = 1_000_000_000;

    /// <param name="Credits">Negative to take back.</param>
    /// <param name="Reason">For the person and for the books.</param>
    /// <param name="Id">Chosen by the caller: the same one twice gives once.</param>
    public sealed record Request(Guid UserId, [Range(-Most, Most)] int Credits, [Required, MaxLength(500)] string Reason, Guid? Id = null);

    public static async Task<Outcome<CreditBalance>> RunAsync(Request request, CurrentUser admin, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        if (Check(request).ToList() is { Count: > 0 } errors)
        {
            return AccountProblems.Invalid(errors);
        }

        if (!await db.Users.AnyAsync(u => u.Id == request.UserId, ct))
        {
            return AccountProblems.NotFound;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var now = clock.GetUtcNow();
        var wallet = await Wallet.LockAsync(connection, request.UserId, now, ct);
        if (request.Id is not { } id || !await IsKnownAsync(connection, id, ct))
        {
            if (wallet.Extra + request.Credits is < 0 or > MostTogether)
            {
                return request.Credits < 0 ? CreditProblems.NotThere(wallet.Extra) : AccountProblems.Invalid(("credits", $"Nobody can have more than {MostTogether:N0} extra credits"));
            }

            wallet = await wallet.RenewAsync(connection, now, ct);
            wallet = await WriteAsync(connection, wallet, request, admin.Id, now, ct);
            db.Log(request.Credits > 0 ? ActivityAction.CreditsGiven : ActivityAction.CreditsTaken, request.UserId, visitor, admin.Id, ("credits", $"{Math.Abs(request.Credits)}"), ("reason", Clean(request)));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return wallet.BalanceAt(now);
    }

    private static string Clean(Request request) => string.Join(' ', (request.Reason ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<(string Field, string Message)> Check(Request request)
    {
        if (request.Credits is 0 or < -Most or > Most)
        {
            yield return ("credits", $"Enter a whole number of credits up to {Most:N0}; with a minus to take credits back");
        }

        if (Clean(request) is not { Length: > 0 and <= 500 })
        {
            yield return ("reason", "Say why, in up to 500 characters");
        }
    }

    private static async Task<bool> IsKnownAsync(NpgsqlConnection connection, Guid id, CancellationToken ct) =>
        (await connection.QueryAsync("SELECT 1 FROM credit_transfers WHERE id = $1", row => row.GetInt32(0), ct, id)).Count > 0;

    private static async Task<Wallet> WriteAsync(NpgsqlConnection connection, Wallet wallet, Request request, Guid adminId, DateTimeOffset now, CancellationToken ct)
    {
        bool gives = request.Credits > 0;
        var transfer = new Transfer(gives ? TransferKind.Gift : TransferKind.Withdrawal, wallet.UserId, wallet.Day!.Value, now) { Id = request.Id ?? Guid.CreateVersion7(), Reason = Clean(request), ById = adminId };
        await (gives ? transfer.Moving(request.Credits, CreditAccount.Issued, CreditAccount.Extra) : transfer.Moving(-request.Credits, CreditAccount.Extra, CreditAccount.Issued)).WriteAsync(connection, ct);
        return wallet with { Extra = wallet.Extra + request.Credits };
    }
}
