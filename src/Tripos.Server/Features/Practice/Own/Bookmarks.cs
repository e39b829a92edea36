using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Questions a learner wants to find again. Only questions that they have met can be marked.</summary>
public static class Bookmarks
{
    /// <summary>Marks a question, or takes the mark away; doing it twice changes nothing.</summary>
    public static async Task<Outcome<Done>> SetAsync(int questionId, bool marked, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        if (!marked)
        {
            await source.ExecuteAsync("DELETE FROM bookmarks WHERE user_id = $1 AND question_id = $2", ct, learner.Id, questionId);
            return Done.Instance;
        }

        var met = await source.QueryAsync("""
            SELECT EXISTS (SELECT FROM attempts a JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id WHERE a.learner_id = $1 AND v.question_id = $2)
            """, row => row.GetBoolean(0), ct, learner.Id, questionId);
        if (met is not [true])
        {
            return PracticeProblems.NoSuchQuestion;
        }

        await source.ExecuteAsync("INSERT INTO bookmarks (user_id, question_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", ct, learner.Id, questionId);
        return Done.Instance;
    }
}
