using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Web;

/// <summary>What load balancers, container images and scripts ask.</summary>
public static class Health
{
    private static readonly Problem DatabaseMissing = new("database-unreachable", 503, "The database cannot be reached");
    private static readonly Problem MigrationsMissing = new("migrations-missing", 503, "The database lacks migrations", "Run: bin/tripos db migrate");

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        health.MapGet("/live", () => TypedResults.Text("alive")).WithSummary("The process answers");
        health.MapGet("/ready", ReadyAsync).WithSummary("The database answers and has every migration");
    }

    private static async Task<Results<Ok<Done>, ProblemHttpResult>> ReadyAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        try
        {
            await using var count = source.CreateCommand("SELECT count(*) FROM schema_migrations");
            return (long)(await count.ExecuteScalarAsync(ct))! < Migrator.All.Count ? MigrationsMissing.ToHttp() : TypedResults.Ok(Done.Instance);
        }
        catch (NpgsqlException)
        {
            return DatabaseMissing.ToHttp();
        }
    }
}
