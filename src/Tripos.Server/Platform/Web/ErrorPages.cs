using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace Tripos.Server.Platform.Web;

/// <summary>What somebody sees when a request fails: programs get problem+json, people get a page in the same words.</summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(failed => failed.Run(http => ShowAsync(http, StatusOf(http))));
        app.UseStatusCodePages(context => ShowAsync(context.HttpContext, context.HttpContext.Response.StatusCode));
    }

    /// <summary>True for the API and for whoever asks for JSON; pages are for browsers.</summary>
    private static bool WantsJson(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") || request.Path.StartsWithSegments("/health") || request.Path.StartsWithSegments("/openapi")
        || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static int StatusOf(HttpContext http) =>
        http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad ? bad.StatusCode : 500;

    private static async Task ShowAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        if (WantsJson(http.Request))
        {
            await TypedResults.Problem(statusCode: status, title: ReasonPhrases.GetReasonPhrase(status), type: $"/problems/{CodeOf(status)}").ExecuteAsync(http);
        }
        else
        {
            await ShowPageAsync(http, status);
        }
    }

    /// <summary>In a scope of its own: a page that began to render before it found nothing to show has used up the request's.</summary>
    private static async Task ShowPageAsync(HttpContext http, int status)
    {
        var requestServices = http.RequestServices;
        await using var scope = requestServices.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        http.Response.Headers.Remove("blazor-enhanced-nav"); // that page has set it, and setting it twice throws
        try
        {
            await new RazorComponentResult<ErrorPage>(new { Status = status }) { StatusCode = status }.ExecuteAsync(http);
        }
        finally
        {
            http.RequestServices = requestServices;
        }
    }

    private static string CodeOf(int status) => ReasonPhrases.GetReasonPhrase(status).ToLowerInvariant().Replace(' ', '-');
}
