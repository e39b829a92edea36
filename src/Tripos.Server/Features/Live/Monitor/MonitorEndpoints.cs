using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Pieces of the wall that are fetched while it is open.</summary>
internal static class MonitorEndpoints
{
    public static void MapMonitor(this IEndpointRouteBuilder app) =>
        app.MapGroup("/live/{sessionId:guid}/wall").RequireAuthorization(Policies.SignedIn).ExcludeFromDescription()
            .MapGet("/learners/{learnerId:guid}", LearnerAsync);

    private static async Task<Results<RazorComponentResult<LearnerPanel>, ProblemHttpResult>> LearnerAsync(
        Guid sessionId, Guid learnerId, CurrentUser me, LiveBoards boards, NpgsqlDataSource source, TimeProvider clock, HttpContext http, CancellationToken ct)
    {
        if (await boards.GetAsync(sessionId) is not { } board || !board.Session.IsRunBy(me))
        {
            return LiveProblems.NotFound.ToHttp();
        }

        var people = await ReadWall.RunAsync(board.Session, board.All(), source, ct);
        if (people.Learners.FirstOrDefault(each => each.Id == learnerId) is not { } learner)
        {
            return LiveProblems.NoSuchParticipant(learnerId).ToHttp();
        }

        var happenings = await ReadLearner.RunAsync(sessionId, learnerId, source, ct);
        return new RazorComponentResult<LearnerPanel>(new { SessionId = sessionId, Learner = learner, Happenings = happenings, Now = clock.GetUtcNow(), Zone = ReaderZone.Of(http) });
    }
}
