using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.MediaStore;

/// <summary>Pictures and sounds of questions: kept by content hash, listed for authors, served to everybody who is signed in.</summary>
public static class MediaStoreFeature
{
    /// <summary>Most bytes of one upload, with what the form adds around the file.</summary>
    public const long LargestRequest = StoreMedia.LargestSound + (1 << 20);

    public static IServiceCollection AddMediaStore(this IServiceCollection services) => services;

    public static void MapMediaStore(this IEndpointRouteBuilder app)
    {
        app.MapGet("/media/{sha256:length(64)}", ServeAsync).WithName("Media").WithTags("Media").RequireAuthorization(Policies.SignedIn);

        var media = app.MapGroup("/api/media").WithTags("Media").RequireAuthorization(Policies.Authors);
        media.MapGet("/", ListAsync).WithSummary("The media library, newest first");
        media.MapPost("/", UploadAsync).WithSummary("Put a picture or a sound into the library").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        media.MapGet("/{fileId:guid}", ReadAsync).WithSummary("One file of the library, and the questions that use it");
        media.MapPatch("/{fileId:guid}", DescribeAsync).WithSummary("Change title, text alternative or tags");
        media.MapDelete("/{fileId:guid}", RemoveAsync).WithSummary("Take a file that no question uses out of the library");
    }

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ServeAsync(string sha256, HttpContext http, NpgsqlDataSource source, CancellationToken ct)
    {
        var found = await ReadMedia.OfLibraryAsync(sha256, source, ct);
        return found.Value is { } content ? content.ToHttp(http, source, isForever: true) : found.Problem!.ToHttp();
    }

    private static async Task<Ok<ReadLibrary.Page>> ListAsync(NpgsqlDataSource source, string? find, string? kind, string? before, CancellationToken ct) =>
        TypedResults.Ok(await ReadLibrary.RunAsync(new(find, ReadLibrary.KindOf(kind), before), source, ct));

    private static async Task<Results<Ok<LibraryFile>, ProblemHttpResult>> UploadAsync(
        IFormFile file, [FromForm] string? title, [FromForm] string? altText, [FromForm] string? tags, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await StoreMedia.UploadAsync(file, title, altText, tags, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<ReadLibrary.Detail>, ProblemHttpResult>> ReadAsync(Guid fileId, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadLibrary.FindAsync(fileId, source, ct)).ToHttp();

    private static async Task<Results<Ok<LibraryFile>, ProblemHttpResult>> DescribeAsync(Guid fileId, DescribeMedia.Request request, NpgsqlDataSource source, CancellationToken ct) =>
        (await DescribeMedia.RunAsync(fileId, request, source, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid fileId, NpgsqlDataSource source, CancellationToken ct) =>
        (await RemoveMedia.RunAsync(fileId, source, ct)).ToNoContent();
}
