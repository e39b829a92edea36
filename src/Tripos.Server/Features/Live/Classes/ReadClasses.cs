using Npgsql;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Somebody's classes: those they run and those they learn in.</summary>
public static class ReadClasses
{
    public sealed record Mine(IReadOnlyList<ClassView> Teaching, IReadOnlyList<ClassView> Learning);

    public static async Task<Mine> RunAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        await ClaimRoster.RunAsync(user.Id, source, ct);
        return new(await ClassView.RunByAsync(user, source, ct), await ClassView.JoinedByAsync(user, source, ct));
    }

    /// <summary>One class; a reader whose address is on its list becomes a member now.</summary>
    public static async Task<ClassView?> OneAsync(Guid classId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        await ClaimRoster.RunAsync(user.Id, source, ct);
        return await ClassView.LoadAsync(classId, user, source, ct);
    }
}
