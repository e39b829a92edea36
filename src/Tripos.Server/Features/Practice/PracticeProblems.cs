using Tripos.Server.Platform;

namespace Tripos.Server.Features.Practice;

/// <summary>Every expected failure of practice.</summary>
public static class PracticeProblems
{
    public static readonly Problem NoSuchSession = new("session-not-found", 404, "No such practice session");

    public static readonly Problem NothingLeft = new("nothing-left", 409, "There is no question for you right now",
        "You answered everything in these topics correctly within the last seven days, and no review is due. Choose more topics, or come back tomorrow.");

    public static readonly Problem NoReport = new("report-not-ready", 409, "There is no report yet", "The report of a placement or a level test is written when it is over.");

    public static readonly Problem NoSuchPlan = new("plan-not-found", 404, "No such plan");

    public static readonly Problem NothingToRepair = new("nothing-to-repair", 409, "There is no day to repair",
        "A double drill makes up for yesterday when you practised the day before it, and at most once in seven days.");

    public static readonly Problem NoSuchQuestion = new("question-not-found", 404, "No such question");

    public static readonly Problem PlanPast = new("plan-in-the-past", 400, "That day is over", "Choose today or a later day.");

    public static Problem TooFewForLevel(int have, int need) => new("level-test-short", 409, "There are too few questions for a level test",
        $"These topics have {have} questions that can be scored at once; a level test needs at least {need}. Choose more topics.");
}
