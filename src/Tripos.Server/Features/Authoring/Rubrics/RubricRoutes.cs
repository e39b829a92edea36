using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>Rubrics for programs.</summary>
internal static class RubricRoutes
{
    public static void MapRubrics(this IEndpointRouteBuilder app)
    {
        var rubrics = app.MapGroup("/api/rubrics").WithTags("Rubrics").RequireAuthorization(Policies.Authors);
        rubrics.MapGet("/", async (NpgsqlDataSource source, CancellationToken ct) => TypedResults.Ok(await Rubric.AllAsync(source, ct))).WithSummary("Rubrics of all authors");
        rubrics.MapPost("/", CreateAsync).WithSummary("Make a rubric");
        rubrics.MapGet("/{rubricId:int}", FindAsync).WithSummary("One rubric in its newest version");
        rubrics.MapPut("/{rubricId:int}", ChangeAsync).WithSummary("Save a new version of a rubric of yours");
        rubrics.MapDelete("/{rubricId:int}", ArchiveAsync).WithSummary("Take a rubric of yours off the lists");
    }

    private static async Task<Results<Ok<Rubric>, ProblemHttpResult>> CreateAsync(SaveRubric.Request request, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SaveRubric.RunAsync(null, request, author, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<Rubric>, ProblemHttpResult>> FindAsync(int rubricId, NpgsqlDataSource source, CancellationToken ct) =>
        await Rubric.FindAsync(rubricId, source, ct) is { } rubric ? TypedResults.Ok(rubric) : RubricProblems.NotFound.ToHttp();

    private static async Task<Results<Ok<Rubric>, ProblemHttpResult>> ChangeAsync(int rubricId, SaveRubric.Request request, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SaveRubric.RunAsync(rubricId, request, author, source, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> ArchiveAsync(int rubricId, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SaveRubric.ArchiveAsync(rubricId, author, source, clock, ct)).ToNoContent();
}
