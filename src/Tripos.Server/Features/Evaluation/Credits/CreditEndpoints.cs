using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>A person's own credits, and the limits of the teams they administer.</summary>
internal static class CreditEndpoints
{
    /// <param name="Available">Daily and extra ones together.</param>
    /// <param name="Prices">Credits for one evaluation by the model, by type.</param>
    public sealed record Mine(MembershipLevel Level, int Available, int Daily, int Extra, int Held, bool Unlimited, DateTimeOffset NextGrantAt, IReadOnlyDictionary<string, int> Prices);

    public static void Map(IEndpointRouteBuilder app)
    {
        var credits = app.MapGroup("/api/credits").WithTags("Credits").RequireAuthorization(Policies.SignedIn);
        credits.MapGet("/", ReadAsync).WithSummary("What you can spend, and what evaluations cost");
        credits.MapGet("/usage", ReadUsageAsync).WithSummary("What you spent, by type and day; from and to are instants, by default the last 28 days");
        credits.MapGet("/transfers", ReadTransfersAsync).WithSummary("What came and went, newest first; after is next of the page before");

        var cap = app.MapGroup("/api/teams/{teamId:guid}/credit-cap").WithTags("Credits").RequireAuthorization(Policies.SignedIn);
        cap.MapPut("/", SetCapAsync).WithSummary("Limit what the members of a team use in a calendar month");
        cap.MapDelete("/", RemoveCapAsync).WithSummary("Take the limit of a team away");
    }

    private static async Task<Ok<Mine>> ReadAsync(CurrentUser user, NpgsqlDataSource source, CreditPrices prices, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var balance = await CreditLedger.BalanceAsync(connection, user.Id, clock.GetUtcNow(), ct);
        return TypedResults.Ok(new Mine(balance.Level, balance.Available, balance.Daily, balance.Extra, balance.Held, balance.Unlimited, balance.NextGrantAt,
            ReadUsage.Types.ToDictionary(Transfer.Word, type => prices[type])));
    }

    private static async Task<Results<Ok<ReadUsage.View>, ProblemHttpResult>> ReadUsageAsync(
        DateTimeOffset? from, DateTimeOffset? to, HttpContext http, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var end = to ?? clock.GetUtcNow();
        var start = from ?? end.AddDays(-28);
        if (start > end || end - start > ReadUsage.Longest)
        {
            return AccountProblems.Invalid(("from", $"Choose a time before to, at most {ReadUsage.Longest.TotalDays:0} days earlier")).ToHttp();
        }

        return TypedResults.Ok(await ReadUsage.RunAsync(user.Id, start, end, ReaderZone.Of(http).Zone, source, ct));
    }

    private static async Task<Results<Ok<ReadStatement.Page>, ProblemHttpResult>> ReadTransfersAsync(string? type, string? after, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        var usage = ReadStatement.TypeOf(type);
        return type is { Length: > 0 } && usage is null
            ? AccountProblems.Invalid(("type", "Choose writing, speaking, prompt or code")).ToHttp()
            : TypedResults.Ok(await ReadStatement.RunAsync(user.Id, usage, after, source, ct));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetCapAsync(
        Guid teamId, SetCap.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await SetCap.RunAsync(teamId, request, user, visitor, db, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveCapAsync(Guid teamId, CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct) =>
        (await SetCap.RemoveAsync(teamId, user, visitor, db, ct)).ToNoContent();
}
