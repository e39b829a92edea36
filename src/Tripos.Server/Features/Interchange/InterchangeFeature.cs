using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

public static class InterchangeFeature
{
    /// <summary>Most bytes of one upload, with what the form adds around the files.</summary>
    public const long LargestRequest = (64L << 20) + (1 << 20);

    public static IServiceCollection AddInterchange(this IServiceCollection services) => services
        .AddSingleton(new ImportLimits());

    public static void MapInterchange(this IEndpointRouteBuilder app)
    {
        var imports = app.MapGroup("/api/imports").WithTags("Import").RequireAuthorization(Policies.SignedIn).AddEndpointFilter(AuthorsAlone);
        imports.MapPost("/", UploadAsync).WithSummary("Upload files and see what importing them would do").DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(LargestRequest));
        imports.MapGet("/{importId:guid}", ReadAsync).WithSummary("What was found, how far it is, what was done");
        imports.MapPost("/{importId:guid}/commit", CommitAsync).WithSummary("Import what was uploaded");

        var catalogue = app.MapGroup("/api").WithTags("Import").RequireAuthorization(Policies.SignedIn).AddEndpointFilter(AuthorsAlone);
        catalogue.MapGet("/tests/{testId:guid}/export", ExportAsync).WithSummary("A test as exam JSON; with pictures or sounds, a zip file of it");
        catalogue.MapPut("/questions/{questionId:int}/key", SetKeyAsync).WithSummary("Say which options are right");
    }

    /// <summary>Whether somebody writes questions and tests.</summary>
    public static bool Writes(CurrentUser user) => user.IsAuthor || user.IsTeacher || user.IsAdmin;

    // To a learner there is no such thing: a refusal would tell that there is.
    private static async ValueTask<object?> AuthorsAlone(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        CurrentUser.From(context.HttpContext.User) is { } user && Writes(user) ? await next(context) : NotForYou.ToHttp();

    private static readonly Problem NotForYou = new("not-found", 404, "Not found");

    private static async Task<Results<Ok<ReadImport.View>, ProblemHttpResult>> UploadAsync(
        IFormFileCollection files, CurrentUser user, ImportLimits limits, NpgsqlDataSource source, CancellationToken ct) =>
        (await UploadImport.RunAsync(files, limits, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<ReadImport.View>, ProblemHttpResult>> ReadAsync(Guid importId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadImport.RunAsync(importId, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<ReadImport.View>, ProblemHttpResult>> CommitAsync(
        Guid importId, CurrentUser user, ImportLimits limits, NpgsqlDataSource source, CancellationToken ct) =>
        (await CommitImport.RunAsync(importId, user, limits, source, ct)).ToHttp();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> ExportAsync(Guid testId, NpgsqlDataSource source, CancellationToken ct)
    {
        var outcome = await ExportTest.RunAsync(testId, source, ct);
        if (outcome.Value is not { } test)
        {
            return outcome.Problem!.ToHttp();
        }

        var file = await ExportFiles.ToDownloadAsync(test, source, ct);
        return TypedResults.File(file.Content, file.ContentType, file.FileName);
    }

    private static async Task<Results<Ok<SetKey.Keyed>, ProblemHttpResult>> SetKeyAsync(
        int questionId, SetKey.Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SetKey.RunAsync(questionId, request, user, source, ct)).ToHttp();
}
