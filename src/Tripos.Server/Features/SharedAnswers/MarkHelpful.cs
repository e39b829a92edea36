using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Says that somebody else's answer helped, or takes that back; saying it twice counts once.</summary>
public static class MarkHelpful
{
    private const string Add = """
        WITH changed AS (INSERT INTO shared_answer_likes (shared_answer_id, user_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1)
        UPDATE shared_answers SET helpful_count = helpful_count + 1 WHERE id = $1 AND EXISTS (SELECT FROM changed)
        """;

    private const string Remove = """
        WITH changed AS (DELETE FROM shared_answer_likes WHERE shared_answer_id = $1 AND user_id = $2 RETURNING 1)
        UPDATE shared_answers SET helpful_count = helpful_count - 1 WHERE id = $1 AND EXISTS (SELECT FROM changed)
        """;

    public static async Task<Outcome<Done>> RunAsync(
        Guid id, bool isHelpful, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var answer = await FindSharedAnswer.VisibleAsync(id, reader, source, versions, clock, ct);
        if (answer is null)
        {
            return SharedAnswerProblems.NotFound;
        }

        if (answer.View.IsMine)
        {
            return SharedAnswerProblems.Own;
        }

        await (isHelpful ? source.ExecuteAsync(Add, ct, id, reader.Id, clock.GetUtcNow()) : source.ExecuteAsync(Remove, ct, id, reader.Id));
        return Done.Instance;
    }
}
