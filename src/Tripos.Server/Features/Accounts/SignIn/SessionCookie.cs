namespace Tripos.Server.Features.Accounts;

/// <summary>The cookie that carries a session's key: 256 random bits and nothing about the person.</summary>
public static class SessionCookie
{
    public const string Name = "tripos";

    public static string? Read(HttpRequest request) => request.Cookies[Name];

    public static void Write(HttpContext http, string key) => http.Response.Cookies.Append(Name, key, Options(http, Session.Lifetime));

    public static void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    private static CookieOptions Options(HttpContext http, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps, // plain http is for one's own machine, where a Secure cookie would never come back
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
