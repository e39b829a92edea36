using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

internal static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder app) =>
        app.MapGet("/api/live/sessions/{sessionId:guid}/timeline", ReadAsync).WithTags("Live sessions").RequireAuthorization(Policies.SignedIn)
            .WithSummary("Everything that happened in a session, for one learner or for all, in order");

    private static async Task<Results<Ok<ReadTimeline.Timeline>, ProblemHttpResult>> ReadAsync(
        Guid sessionId, Guid? learnerId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await ReadTimeline.RunAsync(sessionId, learnerId, user, source, clock, ct)).ToHttp();
}
