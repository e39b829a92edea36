using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>Refuses every changing request made with a token whose scope is read, whatever policy the endpoint has.</summary>
public sealed class ReadOnlyTokens : IAuthorizationHandler
{
    private static readonly string Read = AppDb.SnakeCase(nameof(TokenScope.Read));

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (context.Resource is HttpContext http && Refuses(context.User, http.Request))
        {
            context.Fail();
        }

        return Task.CompletedTask;
    }

    internal static bool Refuses(ClaimsPrincipal user, HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && user.HasClaim(ClaimNames.TokenScope, Read);
}
