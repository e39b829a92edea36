using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Takes an answer of one's own back: from then on it does not exist for others. Withdrawing twice is no fault.</summary>
public static class WithdrawAnswer
{
    public static async Task<Outcome<Done>> RunAsync(Guid id, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        var before = await source.QueryAsync("""
            WITH held AS (SELECT id, status FROM shared_answers WHERE id = $1 AND learner_id = $2 FOR UPDATE),
                withdrawn AS (UPDATE shared_answers s SET status = 'withdrawn' FROM held h WHERE s.id = h.id AND h.status = 'visible')
            SELECT status FROM held
            """, row => row.Word<SharedStatus>(0), ct, id, learner.Id);
        return before switch
        {
            [] => SharedAnswerProblems.NotFound,
            [SharedStatus.Hidden] => SharedAnswerProblems.Hidden,
            _ => Done.Instance,
        };
    }
}
