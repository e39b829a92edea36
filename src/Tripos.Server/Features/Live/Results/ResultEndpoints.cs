using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

internal static class ResultEndpoints
{
    public static void MapResults(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/live/sessions/{sessionId:guid}").WithTags("Live sessions").RequireAuthorization(Policies.SignedIn);
        sessions.MapGet("/results", ReadAsync).WithSummary("Learner by learner and question by question; before the end, as far as it has come");
        sessions.MapGet("/results.csv", ExportAsync).WithSummary("The same learner by learner as CSV; with ?bom=true for spreadsheets that need a byte order mark").Produces<byte[]>(contentType: "text/csv");
    }

    private static async Task<Results<Ok<ReadSessionResults.View>, ProblemHttpResult>> ReadAsync(
        Guid sessionId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) =>
        (await ReadSessionResults.RunAsync(sessionId, user, source, versions, ct)).ToHttp();

    private static async Task<Results<FileContentHttpResult, ProblemHttpResult>> ExportAsync(
        Guid sessionId, bool? bom, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var outcome = await ExportResults.RunAsync(sessionId, bom == true, user, source, versions, ct);
        return outcome.Value is { } file ? TypedResults.File(file.Content, "text/csv; charset=utf-8", file.FileName) : outcome.Problem!.ToHttp();
    }
}
