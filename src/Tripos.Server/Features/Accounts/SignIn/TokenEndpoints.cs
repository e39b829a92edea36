using Microsoft.AspNetCore.Http.HttpResults;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Personal API tokens by API; only a browser session makes and revokes them.</summary>
internal static class TokenEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("Tokens");
        tokens.MapGet("/", ListAsync).RequireAuthorization(Policies.SignedIn).WithSummary("Your API tokens, without their secrets");
        tokens.MapPost("/", CreateAsync).RequireAuthorization(Policies.InBrowser).WithSummary("Make an API token; it is shown this once");
        tokens.MapDelete("/{id:guid}", RevokeAsync).RequireAuthorization(Policies.InBrowser).WithSummary("Revoke an API token");
    }

    private static async Task<Ok<List<Tokens.Listed>>> ListAsync(CurrentUser user, AppDb db, CancellationToken ct) =>
        TypedResults.Ok(await Tokens.ListAsync(user, db, ct));

    private static async Task<Results<Created<Tokens.Created>, ProblemHttpResult>> CreateAsync(
        Tokens.Request request, CurrentUser user, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var created = await Tokens.CreateAsync(request, user, visitor, db, clock, ct);
        return created.Value is { } token ? TypedResults.Created($"/api/tokens/{token.Id}", token) : created.Problem!.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(
        Guid id, CurrentUser user, Visitor visitor, AppDb db, Credentials credentials, CancellationToken ct) =>
        (await Tokens.RevokeAsync(id, user, visitor, db, credentials, ct)).ToNoContent();
}
