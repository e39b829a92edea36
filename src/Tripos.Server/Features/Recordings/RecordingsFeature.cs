using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>Spoken answers: taken in pieces while they are spoken, checked, put together and kept by content hash.</summary>
public static class RecordingsFeature
{
    public static IServiceCollection AddRecordings(this IServiceCollection services) => services
        .AddSchedule("recordings-give-up", TimeSpan.FromHours(1), (provider, ct) => GiveUpUploads.RunAsync(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), ct));

    public static void MapRecordings(this IEndpointRouteBuilder app)
    {
        var recordings = app.MapGroup("/api/attempts/{attemptId:guid}/recordings").WithTags("Recordings").RequireAuthorization(Policies.SignedIn);
        recordings.MapGet("/", ListAsync).WithSummary("The takes of an attempt");
        recordings.MapPost("/", StartAsync).WithSummary("Start a take for one question; says how long and how large it may be");
        recordings.MapGet("/{recordingId:guid}", ReadAsync).WithSummary("One take, and which of its chunks are here");
        recordings.MapPut("/{recordingId:guid}/chunks/{number:int}", StoreChunkAsync).WithSummary("Store one chunk; the header Content-Digest proves it")
            .Accepts<Stream>("application/octet-stream");
        recordings.MapPost("/{recordingId:guid}/completion", CompleteAsync).WithSummary("Put the chunks together");
        recordings.MapGet("/{recordingId:guid}/audio", AudioAsync).WithSummary("Listen to a take, whole or in parts");
        recordings.MapPost("/trouble", TroubleAsync).WithSummary("Tell that the microphone failed");
    }

    private static async Task<Results<Ok<List<Take>>, ProblemHttpResult>> ListAsync(Guid attemptId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadTakes.OfAsync(attemptId, user, source, ct)).ToHttp();

    private static async Task<Results<Ok<Take>, ProblemHttpResult>> StartAsync(
        Guid attemptId, StartTake.Request request, CurrentUser user, AttemptPapers papers, QuestionVersions versions, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await StartTake.RunAsync(attemptId, request, user, papers, versions, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<Take>, ProblemHttpResult>> ReadAsync(Guid attemptId, Guid recordingId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await ReadTakes.FindAsync(attemptId, recordingId, user, source, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> StoreChunkAsync(
        Guid attemptId, Guid recordingId, int number, HttpRequest http, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var chunk = await ChunkBody.ReadAsync(http, ct);
        return chunk.Value is { } body
            ? (await StoreChunk.RunAsync(attemptId, recordingId, number, body, user, source, clock, ct)).ToNoContent()
            : chunk.Problem!.ToHttp();
    }

    private static async Task<Results<Ok<CompleteTake.Completed>, ProblemHttpResult>> CompleteAsync(
        Guid attemptId, Guid recordingId, CompleteTake.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await CompleteTake.RunAsync(attemptId, recordingId, request, user, source, clock, ct)).ToHttp();

    private static async Task<Results<FileStreamHttpResult, ProblemHttpResult>> AudioAsync(
        Guid attemptId, Guid recordingId, HttpContext http, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        var found = await ReadAudio.RunAsync(attemptId, recordingId, user, source, ct);
        return found.Value is { } sound ? sound.ToHttp(http, source, isForever: false) : found.Problem!.ToHttp();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> TroubleAsync(
        Guid attemptId, ReportTrouble.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await ReportTrouble.RunAsync(attemptId, request, user, source, clock, ct)).ToNoContent();
}
