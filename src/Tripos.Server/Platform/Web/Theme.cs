using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Tripos.Server.Platform.Web;

/// <summary>Light, dark, or as the device says. A cookie, so that the first paint is right without script.</summary>
public static class Theme
{
    public const string CookieName = "theme";

    /// <summary><c>light</c>, <c>dark</c>, or null for as the device says.</summary>
    public static string? Of(HttpContext http) => http.Request.Cookies[CookieName] is "light" or "dark" ? http.Request.Cookies[CookieName] : null;

    public static void MapTheme(this IEndpointRouteBuilder app) => app.MapPost("/theme", Choose).AllowAnonymous().ExcludeFromDescription();

    private static RedirectHttpResult Choose(HttpContext http, [FromForm] string theme, [FromForm] string? returnUrl)
    {
        if (theme is "light" or "dark")
        {
            http.Response.Cookies.Append(CookieName, theme, new() { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = false, IsEssential = true });
        }
        else
        {
            http.Response.Cookies.Delete(CookieName);
        }

        return TypedResults.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    private static bool IsLocal(string? url) => url is ['/', .. var rest] && rest is not ['/' or '\\', ..];
}
