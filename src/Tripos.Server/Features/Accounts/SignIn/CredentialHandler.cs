using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>
/// Recognises people by the session cookie, or programs by a bearer token. Tokens work for the API only, so that a token which leaks
/// from a script cannot walk through the pages where passwords and tokens are made.
/// </summary>
public sealed class CredentialHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "tripos";
    private const string Bearer = "Bearer ";
    private static readonly Task<AuthenticateResult> Nobody = Task.FromResult(AuthenticateResult.NoResult());

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (ApiRequest.Is(Request) && Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return credentials.OfToken(header[Bearer.Length..].Trim());
        }

        return SessionCookie.Read(Request) is { } key ? credentials.OfSession(key) : Nobody;
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        string signIn = "/sign-in?returnUrl=" + UrlEncoder.Encode(ReturnUrl());
        if (ApiRequest.Is(Request))
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            return AnswerAsync(new("sign-in-required", 401, "Sign in first", "Send a session cookie or a bearer token."));
        }

        if (Request.Headers.ContainsKey("HX-Request")) // htmx would swap the sign-in page into a corner of this one
        {
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            Response.Headers["HX-Redirect"] = signIn;
            return Task.CompletedTask;
        }

        Response.Redirect(signIn);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (ApiRequest.Is(Request))
        {
            return AnswerAsync(ReadOnlyTokens.Refuses(Context.User, Request)
                ? new("token-read-only", 403, "This token may only read", "Make a token with the scope write.")
                : new("forbidden", 403, "Your account may not do this"));
        }

        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private string ReturnUrl() => HttpMethods.IsGet(Request.Method) ? Request.PathBase + Request.Path + Request.QueryString : "/";

    private Task AnswerAsync(Problem problem) => problem.ToHttp().ExecuteAsync(Context);
}

/// <summary>Whether a request comes from a program: it gets problem details and not a page.</summary>
internal static class ApiRequest
{
    public static bool Is(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase);
}
