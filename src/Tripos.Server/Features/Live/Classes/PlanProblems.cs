using Tripos.Server.Platform;

namespace Tripos.Server.Features.Live;

/// <summary>Every expected failure of planning sessions.</summary>
public static class PlanProblems
{
    public static readonly Problem InThePast = new("session-in-the-past", 400, "That time is over", "Choose a time from now on, or none: then you open the session by hand.");

    public static readonly Problem NotEditable = new("session-not-editable", 409, "This session can no longer be changed",
        "It can be while it is scheduled or waiting for learners. While it is in progress, add time or send a message on its wall.");

    public static Problem Changed(int revision) => new("session-changed", 409, "Somebody has changed this session meanwhile", "Look at it again, and make your change once more.")
    {
        Facts = new Dictionary<string, object?> { ["revision"] = revision },
    };
}
