using Tripos.Server.Platform;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Every expected failure of marking.</summary>
public static class MarkingProblems
{
    public static readonly Problem NotFound = new("marking-not-found", 404, "There is no such answer to mark", "Answers to free questions are marked when their attempt is submitted.");
    public static readonly Problem TestNotFound = new("test-not-found", 404, "No such test");

    public static readonly Problem Own = new("marking-own", 409, "This is your own answer", "Somebody else marks it.");

    public static readonly Problem ThirdPerson = new("marking-third-person", 409, "A third person decides this answer", "You have marked it, and another mark differs from yours. Your draft is kept.");

    public static readonly Problem ReasonMissing = new("marking-reason-missing", 400, "Say why", "This answer was decided already. Give a reason for the change: it is kept with the earlier mark, which stays. Your draft is kept.");

    public static readonly Problem NothingToWithdraw = new("marking-nothing-to-withdraw", 409, "There is nothing you can withdraw", "Until an answer is decided, a mark is withdrawn by the person who gave it.");

    /// <param name="by">Who gave a mark meanwhile; null where markers do not learn of each other.</param>
    public static Problem Changed(int revision, MarkingState state, string? by) => new("marking-changed", 409, "This answer was marked meanwhile",
        $"{by ?? "Somebody"} gave, changed or withdrew a mark after you had opened it. Your draft is kept: look at what is there now, then submit yours or leave it.")
    {
        Facts = new Dictionary<string, object?> { ["revision"] = revision, ["state"] = state },
    };

    public static Problem Bad(string fault) => new("bad-mark", 400, "This mark cannot be stored", fault);

    public static Problem BadPlan(string fault) => new("bad-marking-plan", 400, "This plan cannot be kept", fault);
}
