using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Whose evaluations somebody may see: their own, and teachers everybody's.</summary>
public static class EvaluationAccess
{
    public static async Task<bool> MayReadAsync(Guid attemptId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) => (await source.QueryAsync(
        "SELECT 1 FROM attempts WHERE id = $1 AND (learner_id = $2 OR $3)", row => row.GetInt32(0), ct, attemptId, user.Id, user.IsTeacher || user.IsAdmin)).Count > 0;
}
