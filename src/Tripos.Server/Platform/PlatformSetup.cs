using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.ResponseCompression;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Mail;
using Tripos.Server.Platform.Web;
using Tripos.Server.Platform.Web.Security;

namespace Tripos.Server.Platform;

/// <summary>What every feature stands on, and the order of the middleware.</summary>
public static class PlatformSetup
{
    /// <summary>Larger bodies need <c>[RequestSizeLimit]</c> on their endpoint or page.</summary>
    private const long LargestBody = 1024 * 1024;

    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.AddConsoleLog();
        builder.AddDatabase(); // first: hosted services start in the order of registration and stop in reverse
        builder.AddTrustedProxies();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        UseBuiltAssets(builder);

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddProblemDetails().AddValidation();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)));
        services.AddDataProtection().SetApplicationName("Tripos");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((options, source) => options.XmlRepository = new KeyRing(source));
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddRazorComponents();
        services.AddApiDocs();
        services.AddSingleton<MailSender>();
        services.AddResponseCompression(options =>
        {
            // Only what holds no secrets: a compressed page would tell them to somebody who can measure its length.
            options.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
            options.EnableForHttps = true;
        });
        services.AddSingleton<IResponseCompressionProvider, CompressedPages>();
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSlowRequestLog();
        app.UseSecurityHeaders();
        app.UseErrorPages();
        app.UseResponseCompression();
        app.UseSameOrigin();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.Use(DeadLinks);
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
        app.MapApiDocs();
    }

    /// <summary>An address without a page is that for everybody; authorisation would send strangers to sign in for it.</summary>
    private static Task DeadLinks(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not null)
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Until the server is published, a list beside the build says where its files are.</summary>
    private static void UseBuiltAssets(WebApplicationBuilder builder)
    {
        if (Checkout.Root is not null)
        {
            builder.WebHost.UseStaticWebAssets();
        }
    }
}
