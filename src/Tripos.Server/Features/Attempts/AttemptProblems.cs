using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;

namespace Tripos.Server.Features.Attempts;

/// <summary>Every expected failure of the attempt engine.</summary>
public static class AttemptProblems
{
    public static readonly Problem NotFound = new("attempt-not-found", 404, "No such attempt");
    public static readonly Problem TestNotFound = new("test-not-found", 404, "No such test");
    public static readonly Problem NoSuchItem = new("item-not-found", 404, "This attempt has no such question");
    public static readonly Problem NothingToPractise = new("nothing-to-practise", 409, "No question fits",
        "No live question with a key matches these topics and this difficulty. Choose more topics or another difficulty.");

    public static Problem NeedsKey(int missing) => new("test-needs-key", 409, "This test cannot be started yet",
        $"{missing} of its questions have no answer key, or are drafts in which something is missing. An author can complete them in the key editor or the question bank.");

    public static Problem NoAttemptsLeft(int allowed) => new("no-attempts-left", 409, "No attempts left",
        $"This test allows {allowed} attempt{(allowed == 1 ? "" : "s")}, and you have used {(allowed == 1 ? "it" : "them all")}.");

    public static Problem Closed(DateTimeOffset? at) => new("attempt-closed", 409, "This attempt is closed",
        at is null ? "It no longer takes answers." : $"It was submitted at {at:u}; an answer that comes later does not count. It is kept in the answer history.");

    public static readonly Problem Paused = new("attempt-paused", 409, "This attempt is paused", "Keep the answer and send it again when the attempt goes on. Answers given before the pause are taken.");

    public static Problem Late(DateTimeOffset deadline) => new("answer-late", 409, "The time was up",
        $"The deadline was {deadline:u}; this answer was given later, or arrived after the grace period. It is kept in the answer history.");

    /// <summary>The same code as any late answer: the page treats both alike.</summary>
    public static Problem PartClosed(DateTimeOffset? deadline) => new("answer-late", 409, "This part is not open",
        deadline is null ? "The question belongs to a part that is over or has not been opened. The answer is kept in the answer history."
        : $"The question belongs to another part than the open one, or the answer arrived after the grace period that followed {deadline:u}. It is kept in the answer history.");

    public static Problem PartOrder(int open, int asked, int last) => new("part-order", 409, "Parts are opened in their order",
        asked > last ? $"This attempt has {last} parts; {asked} is none of them." : asked < open ? $"Part {asked} is over; part {open} is open." : $"Part {open + 1} comes next, not part {asked}.");

    public static readonly Problem NoFeedback = new("no-feedback", 409, "Right answers are shown afterwards", "This attempt is not practice: submit it to see what was right.");

    public static Problem NothingToCheck(int position) => new("nothing-to-check", 409, "There is no answer to check yet", $"Answer question {position} first; then its right answer can be shown.");

    public static readonly Problem NotStepwise = new("not-stepwise", 409, "This attempt does not go step by step", "Its questions were all there from the start and stay open until it is submitted.");

    public static readonly Problem NoParts = new("no-parts", 409, "This attempt has no parts", "All of its questions are open from the start.");

    public static Problem Stale(int position, JudgedChange stored) =>
        new("answer-stale", 409, "There is a newer answer", "This question was answered in another tab or on another device. Yours is kept in the answer history; send it again based on the newer one to use it.")
        {
            Facts = new Dictionary<string, object?>
            {
                ["position"] = position,
                ["sequence"] = stored.StoredSequence,
                ["response"] = ResponseText.Parse(stored.StoredResponse),
                ["confidence"] = stored.StoredConfidence,
                ["savedAt"] = stored.StoredAt,
            },
        };

    public static Problem BadResponse(int position, string fault) => new("bad-response", 400, "This response cannot be stored", $"Question {position}: {fault}");

    public static readonly Problem Unavailable = new("database-unavailable", 503, "The answer could not be stored", "The database did not answer. Keep the answer and send it again in a moment.");
}
