using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Gives a class a new join code, which ends the old one, or takes the code away.</summary>
public static class SetJoinCode
{
    public sealed record Set(string JoinCode);

    public static async Task<Outcome<Set>> NewAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { Runs: true } found)
        {
            return ClassProblems.NotFound;
        }

        if (found.Status == ClassStatus.Archived)
        {
            return ClassProblems.Archived;
        }

        string code = JoinCode.New();
        await source.ExecuteAsync("UPDATE classes SET join_code = $2 WHERE id = $1", ct, classId, code);
        return new Set(code);
    }

    public static async Task<Outcome<Done>> SwitchOffAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        if (await ClassView.LoadAsync(classId, user, source, ct) is not { Runs: true })
        {
            return ClassProblems.NotFound;
        }

        await source.ExecuteAsync("UPDATE classes SET join_code = NULL WHERE id = $1", ct, classId);
        return Done.Instance;
    }
}
