using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

public enum AttemptMode { Exam, Mock, Practice, Review, Live, Adaptive, Placement }

/// <summary>What one mode does differently. The engine asks here and nowhere else.</summary>
/// <param name="Timed">A test's time limit applies.</param>
/// <param name="CountsAgainstAllowance">Uses up one of the test's allowed attempts.</param>
/// <param name="FollowsReviewPolicy">The test decides what is shown afterwards; otherwise everything is.</param>
/// <param name="ShowsFeedback">The learner may look at the right answer of one question before going on.</param>
public sealed record AttemptModeRules(bool Timed, bool CountsAgainstAllowance, bool FollowsReviewPolicy, bool ShowsFeedback = false);

public static class AttemptModes
{
    private static readonly Dictionary<AttemptMode, AttemptModeRules> Table = new()
    {
        [AttemptMode.Exam] = new(Timed: true, CountsAgainstAllowance: true, FollowsReviewPolicy: true),
        [AttemptMode.Mock] = new(Timed: true, CountsAgainstAllowance: true, FollowsReviewPolicy: true),
        [AttemptMode.Live] = new(Timed: true, CountsAgainstAllowance: false, FollowsReviewPolicy: true),
        [AttemptMode.Practice] = new(Timed: false, CountsAgainstAllowance: false, FollowsReviewPolicy: false, ShowsFeedback: true),
        [AttemptMode.Review] = new(Timed: false, CountsAgainstAllowance: false, FollowsReviewPolicy: false, ShowsFeedback: true),
        [AttemptMode.Adaptive] = new(Timed: false, CountsAgainstAllowance: false, FollowsReviewPolicy: false),
        [AttemptMode.Placement] = new(Timed: false, CountsAgainstAllowance: false, FollowsReviewPolicy: false),
    };

    public static AttemptModeRules Of(AttemptMode mode) => Table[mode];

    /// <summary>The mode a learner sits a test in.</summary>
    public static AttemptMode For(TestType type) => type switch
    {
        TestType.Mock => AttemptMode.Mock,
        TestType.Practice => AttemptMode.Practice,
        _ => AttemptMode.Exam,
    };
}
