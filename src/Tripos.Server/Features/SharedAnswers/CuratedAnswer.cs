using Microsoft.EntityFrameworkCore;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>A shared answer under lock, for somebody who looks after its question.</summary>
internal sealed record CuratedAnswer(Guid Id, int QuestionId, Guid LearnerId, string Status, Guid? Author)
{
    /// <returns>Null when there is none, or it is not this person's business.</returns>
    public static async Task<CuratedAnswer?> LockAsync(Guid id, CurrentUser curator, AppDb db, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<CuratedAnswer>($"""
            SELECT s.id AS "Id", s.question_id AS "QuestionId", s.learner_id AS "LearnerId", s.status AS "Status", q.created_by AS "Author"
            FROM shared_answers s JOIN questions q ON q.id = s.question_id WHERE s.id = {id} FOR NO KEY UPDATE OF s
            """).ToListAsync(ct);
        return found is [var answer] && AnswersAccess.MayCurate(curator, answer.Author) ? answer : null;
    }

    /// <summary>Writes to the activity log what was done about the answer, and by whom.</summary>
    /// <param name="account">Whose account it happened to.</param>
    public Task<int> LogAsync(string action, Guid account, string why, CurrentUser curator, Visitor visitor, AppDb db, CancellationToken ct)
    {
        IEnumerable<(string, string)> details = [("question", $"{QuestionId}"), .. why.Length > 0 ? [("why", why)] : Array.Empty<(string, string)>()];
        db.Log(action, account, visitor, curator.Id, details);
        return db.SaveChangesAsync(ct);
    }
}
