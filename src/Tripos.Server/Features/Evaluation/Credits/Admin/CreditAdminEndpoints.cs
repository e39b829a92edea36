using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What administrators of the server do with credits.</summary>
internal static class CreditAdminEndpoints
{
    private const int Months = 24;

    public sealed record Caps(ReadCaps.Cap Server, IReadOnlyList<ReadCaps.Cap> Teams);

    public static void Map(IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/admin").WithTags("Credits").RequireAuthorization(Policies.Admins);
        admin.MapPost("/credit-grants", GiveAsync).WithSummary("Give somebody extra credits; a negative number takes back what is left of them");
        admin.MapPut("/memberships/{userId:guid}", SetMembershipAsync).WithSummary("Say how many credits a day somebody is given");
        admin.MapGet("/credit-caps", ReadCapsAsync).WithSummary("The limits of this month, and what is used of them");
        admin.MapPut("/credit-cap", SetCapAsync).WithSummary("Limit what the whole server uses in a calendar month");
        admin.MapDelete("/credit-cap", RemoveCapAsync).WithSummary("Take the limit of the server away");
        admin.MapGet("/credit-usage", async (NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(await ReadServerUsage.RunAsync(Months, source, clock.GetUtcNow(), ct)))
            .WithSummary("What everybody used, by month and type");
        admin.MapGet("/credit-usage.csv", ExportAsync).WithSummary("The same as CSV; with ?bom=true for spreadsheets that need a byte order mark").Produces<byte[]>(contentType: "text/csv");
    }

    private static async Task<Results<Ok<CreditBalance>, ProblemHttpResult>> GiveAsync(
        GiveCredits.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await GiveCredits.RunAsync(request, user, visitor, db, clock, ct)).ToHttp();

    private static async Task<Results<Ok<SetMembership.Membership>, ProblemHttpResult>> SetMembershipAsync(
        Guid userId, SetMembership.Membership request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await SetMembership.RunAsync(userId, request, user, visitor, db, clock, ct)).ToHttp();

    private static async Task<Ok<Caps>> ReadCapsAsync(string? team, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => TypedResults.Ok(
        new Caps(await ReadCaps.ServerAsync(source, clock.GetUtcNow(), ct), await ReadCaps.TeamsAsync(team, source, clock.GetUtcNow(), ct)));

    private static async Task<Results<NoContent, ProblemHttpResult>> SetCapAsync(
        SetCap.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct) =>
        (await SetCap.RunAsync(null, request, user, visitor, db, clock, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveCapAsync(CurrentUser user, Visitor visitor, AppDb db, CancellationToken ct) =>
        (await SetCap.RemoveAsync(null, user, visitor, db, ct)).ToNoContent();

    private static async Task<FileContentHttpResult> ExportAsync(bool? bom, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) => TypedResults.File(
        ReadServerUsage.ToCsv(await ReadServerUsage.RunAsync(Months, source, clock.GetUtcNow(), ct), bom == true), "text/csv; charset=utf-8", "credits.csv");
}
