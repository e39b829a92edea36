using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Tripos.Server.Platform.Data;

/// <summary>Which database this process uses: the server somebody named, else the embedded one in the data folder.</summary>
public static class DatabaseSetup
{
    public static void AddDatabase(this WebApplicationBuilder builder)
    {
        string? named = builder.Configuration["TRIPOS_DATABASE"] ?? builder.Configuration.GetConnectionString("Tripos");
        if (string.IsNullOrWhiteSpace(named))
        {
            builder.Services.AddSingleton(_ => new EmbeddedPostgres(DataFolder.Of(builder.Configuration)));
        }

        builder.Services.AddSingleton<Database>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Database>());
        builder.Services.AddSingleton(services => Source(named, services.GetService<EmbeddedPostgres>()));
        builder.Services.AddDbContextPool<AppDb>((services, options) => options.UseNpgsql(services.GetRequiredService<NpgsqlDataSource>()));
    }

    private static NpgsqlDataSource Source(string? named, EmbeddedPostgres? embedded)
    {
        var settings = new NpgsqlConnectionStringBuilder(embedded?.ConnectionString ?? named)
        {
            MaxAutoPrepare = 100,
            ApplicationName = "tripos",
            PersistSecurityInfo = true, // tools reach other databases of the same server; nothing prints it
            // Resetting costs every request; in exchange nobody may leave session state (SET, advisory locks, LISTEN) on a pooled connection.
            NoResetOnClose = true,
        };
        if (embedded is not null)
        {
            settings.MaxPoolSize = 80; // of 120: the command line works beside the server
        }

        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
