using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>What the start page of a test tells a learner before the clock runs.</summary>
/// <param name="AttemptsLeft">Null for as many as they like.</param>
/// <param name="IsSpoken">Whether some answers are spoken, so that the learner needs a microphone.</param>
/// <param name="MissingKeys">Questions without a key; the test cannot be started until there are none.</param>
public sealed record TestStartView(
    Guid TestId, string Title, string Description, TestType Type, AttemptRules Rules, int ItemCount, float PointsMax, int UsedAttempts, int? AttemptsLeft,
    StartableTest.Open? OpenAttempt, int MissingKeys, bool IsActive, bool IsSpoken)
{
    public bool CanStart => OpenAttempt is null && MissingKeys == 0 && ItemCount > 0 && AttemptsLeft is not 0;
}

public static class ReadTestStart
{
    /// <summary>The test, as far as this person may know of it: learners never see one that is inactive or lacks a key.</summary>
    public static async Task<Outcome<TestStartView>> RunAsync(Guid testId, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var test = await StartableTest.LoadAsync(connection, testId, reader.Id, ct);
        int missing = test?.Slots.Count(slot => slot.NeedsKey) ?? 0;
        bool writes = reader.IsAuthor || reader.IsTeacher || reader.IsAdmin;
        if (test is null || ((!test.IsActive || missing > 0) && !writes && test.OpenAttempt is null))
        {
            return AttemptProblems.TestNotFound;
        }

        var seen = await versions.LoadAsync([.. test.Slots.Select(slot => slot.VersionId)], ct);
        var weighed = await SlotPoints.WeighAsync(test.Slots, test.Rules.Profile, versions, ct);
        bool counted = AttemptModes.Of(AttemptModes.For(test.Type)).CountsAgainstAllowance;
        int? left = counted && test.Rules.Test.AllowedAttempts is { } allowed ? Math.Max(0, allowed - test.UsedAttempts) : null;
        return new TestStartView(test.Id, test.Title, test.Description, test.Type, test.Rules, test.Slots.Count, weighed.Sum(slot => slot.Points),
            test.UsedAttempts, left, test.OpenAttempt, missing, test.IsActive, seen.Any(version => version.Body is Questions.Spoken));
    }
}
