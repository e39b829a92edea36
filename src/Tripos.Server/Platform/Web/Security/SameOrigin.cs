namespace Tripos.Server.Platform.Web.Security;

/// <summary>
/// Refuses API calls that change something, or open a socket, and that another site made with our visitor's cookie. Browsers say where a call
/// comes from; a call that says nothing does not come from a browser. Bearer tokens are never sent by a browser on its own.
/// </summary>
internal static class SameOrigin
{
    private static readonly Problem CrossOrigin = new("cross-origin", 403, "This call comes from another site", "Programs sign in with a personal token: Authorization: Bearer …");

    public static void UseSameOrigin(this IApplicationBuilder app) => app.Use((http, next) =>
        IsUnsafe(http.Request) && !HasToken(http.Request) && IsFromElsewhere(http.Request)
            ? CrossOrigin.ToHttp().ExecuteAsync(http)
            : next(http));

    private static bool IsUnsafe(HttpRequest request) =>
        request.Path.StartsWithSegments("/api")
        && (IsSocket(request) || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method)));

    /// <summary>Opened by a GET, and talks on for hours.</summary>
    private static bool IsSocket(HttpRequest request) => string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase);

    private static bool HasToken(HttpRequest request) => request.Headers.Authorization.ToString().StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase);

    private static bool IsFromElsewhere(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site is not ("same-origin" or "none")
            : request.Headers.Origin.ToString() is { Length: > 0 } origin
                && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
