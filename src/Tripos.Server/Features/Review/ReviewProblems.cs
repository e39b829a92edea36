using Tripos.Server.Platform;

namespace Tripos.Server.Features.Review;

/// <summary>Every expected failure of the review deck.</summary>
public static class ReviewProblems
{
    public static readonly Problem CardNotFound = new("card-not-found", 404, "No such card");

    /// <summary>Also for a question that exists, while its right answer is not shown to the learner.</summary>
    public static readonly Problem QuestionNotFound = new("question-not-found", 404, "No such question");

    public static readonly Problem ImportNotFound = new("card-import-not-found", 404, "No such import");

    public static readonly Problem NothingToUndo = new("review-nothing-to-undo", 409, "There is nothing to undo", "Reviews of the deck can be taken back on the day they were made.");

    public static readonly Problem OtherQuestion = new("review-other-question", 409, "This answer is not to the question of the card", "Rate the card whose question was answered.");

    public static readonly Problem NotAnswered = new("review-not-answered", 409, "This question cannot be answered now", "It was changed, retired, or answered in another window meanwhile. Go on with the next card.");

    public static readonly Problem AlreadyImported = new("card-import-committed", 409, "These cards are in your deck already");

    public static readonly Problem NothingToImport = new("card-import-empty", 400, "No file was chosen", "Choose a text or CSV file exported from Anki.");

    public static readonly Problem NothingToFit = new("review-nothing-to-fit", 409, "There is too little to learn from yet",
        "Fitting needs cards that were reviewed again a day or more later. Come back when you have used the deck for a while.");

    public static Problem Duplicate(string front) => new("note-duplicate", 409, "You have this note already", $"Its front is the same: {front}");
}
