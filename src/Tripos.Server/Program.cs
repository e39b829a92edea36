using Tripos.Server.Platform.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProblemDetails().AddValidation();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)));
builder.Services.AddRazorComponents();
builder.Services.AddSingleton(NpgsqlDataSource.Create(builder.Configuration.GetConnectionString("Tripos") ?? ""));
builder.Services.AddDbContextPool<AppDb>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));

builder.Services.AddCatalog().AddAttempts();

var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseAntiforgery();
app.MapRazorComponents<Tripos.Server.Platform.Web.App>().WithStaticAssets();
app.MapTheme();
app.MapStaticAssets();
app.MapAttempts();
app.Run();

public partial class Program;
