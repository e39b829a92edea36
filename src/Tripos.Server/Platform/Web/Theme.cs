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
        Write(http, theme);
        return TypedResults.LocalRedirect(IsLocal(returnUrl) ? returnUrl! : "/");
    }

    /// <summary>Remembers the choice in this browser; anything but light and dark means as the device says.</summary>
    public static void Write(HttpContext http, string theme)
    {
        if (theme is "light" or "dark")
        {
            http.Response.Cookies.Append(CookieName, theme, new() { MaxAge = TimeSpan.FromDays(400), SameSite = SameSiteMode.Lax, HttpOnly = false, IsEssential = true });
        }
        else
        {
            http.Response.Cookies.Delete(CookieName);
        }
    }

    private static bool IsLocal(string? url) => url is ['/', .. var rest] && rest is not ['/' or '\\', ..];
}
