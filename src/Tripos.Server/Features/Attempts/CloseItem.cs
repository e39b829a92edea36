using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Fixes the answer to one item of an attempt that grows, answered or not, so that the next item can be chosen by it. Closing twice changes nothing.</summary>
public static class CloseItem
{
    public static async Task<Outcome<Done>> RunAsync(
        Guid attemptId, int position, CurrentUser learner, AttemptPapers papers, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var paper = await papers.FindAsync(attemptId, ct);
        if (paper is null || paper.LearnerId != learner.Id)
        {
            return AttemptProblems.NotFound;
        }

        if (!paper.Grows)
        {
            return AttemptProblems.NotStepwise;
        }

        var closed = await CloseAnswer.RunAsync(attemptId, position, learner.Id, _ => null, source, versions, clock, ct, orEmpty: true);
        return closed.Problem is { } problem ? problem : Done.Instance;
    }
}
