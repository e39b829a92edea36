using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Ends a membership: the teacher removes somebody, or a learner leaves. Their attempts and results stay.</summary>
public static class RemoveMember
{
    public static async Task<Outcome<Done>> RunAsync(Guid classId, Guid learnerId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { } found || (!found.Runs && learnerId != user.Id))
        {
            return ClassProblems.NotFound;
        }

        return await source.ExecuteAsync("DELETE FROM class_members WHERE class_id = $1 AND learner_id = $2", ct, classId, learnerId) == 0 ? ClassProblems.NoSuchMember : Done.Instance;
    }

    /// <summary>Takes somebody who has no account yet off the list.</summary>
    public static async Task<Outcome<Done>> FromListAsync(Guid classId, string email, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { Runs: true })
        {
            return ClassProblems.NotFound;
        }

        return await source.ExecuteAsync("DELETE FROM class_roster WHERE class_id = $1 AND normalized_email = $2", ct, classId, User.Normalize(email)) == 0 ? ClassProblems.NoSuchMember : Done.Instance;
    }
}
