using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>The question's author or a teacher decides whether its answers may be shared. What was shared before is kept, unseen while it is off.</summary>
public static class SetSharing
{
    public sealed record Request(AnswerSharing Sharing);

    public static async Task<Outcome<Done>> RunAsync(
        int questionId, AnswerSharing sharing, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        if (await AnswersAccess.LoadAsync(questionId, user, source, versions, clock, ct) is not { Curates: true })
        {
            return SharedAnswerProblems.QuestionNotFound;
        }

        await source.ExecuteAsync("UPDATE questions SET sharing = $2 WHERE id = $1", ct, questionId, AppDb.SnakeCase(sharing.ToString()));
        return Done.Instance;
    }
}
