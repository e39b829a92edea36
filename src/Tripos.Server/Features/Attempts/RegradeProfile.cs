using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Grades attempts again under another scoring profile: first shows whose scores change from what to what, then commits, and can be undone. A new profile alone changes nothing.</summary>
public static class RegradeProfile
{
    /// <param name="To">Name of the profile that counts from now on.</param>
    /// <param name="Revisions">The attempts of the preview with the revision each of them had: what was graded anew since is refused.</param>
    /// <param name="Reason">Told to the learners beside their new result.</param>
    public sealed record Request([Required] string To, [Required] IReadOnlyDictionary<Guid, int> Revisions, [Required, MaxLength(500)] string Reason);

    public sealed record Committed(Guid RegradeId, int Attempts);

    public static async Task<Outcome<ProfileRegradePlan>> PreviewAsync(string from, string to, Guid? attemptId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        if (Profiles(from, to) is not { } profiles)
        {
            return NoSuchProfile(from, to);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        return await ProfileRegradePlan.MakeAsync(connection, profiles.From, profiles.To, attemptId is { } one ? [one] : null, versions, ct);
    }

    public static async Task<Outcome<Committed>> RunAsync(
        string from, Request request, CurrentUser author, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load, holding the attempts so that the plan stays true until it is written
        if (Profiles(from, request.To) is not { } profiles)
        {
            return NoSuchProfile(from, request.To);
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT FROM attempts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", ct, request.Revisions.Keys.ToArray());
        var plan = await ProfileRegradePlan.MakeAsync(connection, profiles.From, profiles.To, [.. request.Revisions.Keys], versions, ct);

        // Decide
        if (plan.Rows.Count == 0 || plan.Rows.Count < request.Revisions.Count || plan.Rows.Any(row => request.Revisions[row.AttemptId] != row.Revision))
        {
            return new Problem("regrade-outdated", 409, "The results changed meanwhile", "Look at the preview again: some of these attempts were graded anew since it was made.");
        }

        // Write
        var regradeId = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync("INSERT INTO regrades (id, from_profile, to_profile, reason, status, created_by, created_at) VALUES ($1, $2, $3, $4, 'committed', $5, $6)",
            ct, regradeId, plan.FromProfile, plan.ToProfile, request.Reason, author.Id, now);
        await StoreRegrade.RunAsync(connection, regradeId, plan, now, ct);
        await transaction.CommitAsync(ct);
        return new Committed(regradeId, plan.Rows.Count);
    }

    private static (ScoringProfile From, ScoringProfile To)? Profiles(string from, string to) =>
        from != to && Scaled(from) is { } old && Scaled(to) is { } next ? (old, next) : null;

    private static ScoringProfile? Scaled(string name) => ScoringProfiles.All.FirstOrDefault(profile => profile.Name == name && profile.Scale is not null);

    private static Problem NoSuchProfile(string from, string to) => new("no-such-profile", 404, "There is no such profile",
        $"Attempts are graded again from one scoring profile with a scale under another one; \"{from}\" and \"{to}\" are not two of {string.Join(", ", ScoringProfiles.All.Where(p => p.Scale is not null).Select(p => p.Name))}.");
}
