using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Shows a learner at once what their answer is worth, in modes that do so. The answer then stays as it is; asking again shows the same.</summary>
public static class CheckAnswer
{
    public static async Task<Outcome<ReviewItem>> RunAsync(
        Guid attemptId, int position, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var closed = await CloseAnswer.RunAsync(attemptId, position, learner.Id, mode => AttemptModes.Of(mode).ShowsFeedback ? null : AttemptProblems.NoFeedback, source, versions, clock, ct);
        return closed.Value is { } done ? done.Answer.Review(done.Version, done.Rules, done.Seed, done.Grade) : closed.Problem!;
    }
}
