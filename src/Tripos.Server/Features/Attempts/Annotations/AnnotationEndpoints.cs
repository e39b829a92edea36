using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Highlights over HTTP: theirs alone who sit the attempt.</summary>
internal static class AnnotationEndpoints
{
    public static void MapAnnotations(this IEndpointRouteBuilder app)
    {
        var annotations = app.MapGroup("/api/attempts/{attemptId:guid}/annotations").WithTags("Attempts").RequireAuthorization(Policies.SignedIn);
        annotations.MapGet("/", ReadAsync).WithSummary("Your highlights in an attempt");
        annotations.MapPut("/{annotationId:guid}", SaveAsync).WithSummary("Highlight words, or change the colour and comment of a highlight, while the attempt is open");
        annotations.MapDelete("/{annotationId:guid}", RemoveAsync).WithSummary("Take a highlight away");
    }

    private static async Task<Results<Ok<List<Annotation>>, ProblemHttpResult>> ReadAsync(Guid attemptId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadAnnotations.RunAsync(attemptId, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<Annotation>, ProblemHttpResult>> SaveAsync(
        Guid attemptId, Guid annotationId, SaveAnnotation.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await SaveAnnotation.RunAsync(attemptId, annotationId, request, user, source, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(
        Guid attemptId, Guid annotationId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await RemoveAnnotation.RunAsync(attemptId, annotationId, user, source, clock, ct)).ToNoContent();
}
