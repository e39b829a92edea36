using Tripos.Scoring;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

/// <summary>What each item of a new attempt is worth.</summary>
public static class SlotPoints
{
    /// <summary>The slots with the points their versions have under a profile: see <see cref="GradeAttempt.PointsOf"/>.</summary>
    public static async ValueTask<List<StartableSlot>> WeighAsync(IReadOnlyList<StartableSlot> slots, ScoringProfile profile, QuestionVersions versions, CancellationToken ct)
    {
        var bodies = await versions.LoadAsync([.. slots.Select(slot => slot.VersionId)], ct);
        return [.. slots.Select((slot, i) => GradeAttempt.PointsOf(bodies[i], profile, slot.Points) is var points && points == slot.Points ? slot : slot with { Points = points })];
    }
}
