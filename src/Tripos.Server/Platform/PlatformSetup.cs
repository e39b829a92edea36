using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Platform;

/// <summary>What every feature stands on, and the order of the middleware.</summary>
public static class PlatformSetup
{
    public static void AddPlatform(this WebApplicationBuilder builder)
    {
        builder.AddConsoleLog();
        builder.AddDatabase(); // first: hosted services start in the order of registration and stop in reverse
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails().AddValidation();
        builder.Services.AddDataProtection().SetApplicationName("Tripos");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((options, source) => options.XmlRepository = new KeyRing(source));
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization();
        builder.Services.AddRazorComponents();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)));
    }

    public static void UsePlatform(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.MapHealth();
    }
}
