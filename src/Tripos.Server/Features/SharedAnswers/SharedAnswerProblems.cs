using Tripos.Server.Platform;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Every expected failure of sharing answers.</summary>
public static class SharedAnswerProblems
{
    /// <summary>Also for a question that exists, while the reader has not answered it.</summary>
    public static readonly Problem QuestionNotFound = new("question-not-found", 404, "No such question");
    public static readonly Problem NotFound = new("shared-answer-not-found", 404, "No such shared answer");
    public static readonly Problem ReportNotFound = new("report-not-found", 404, "No such report");

    public static readonly Problem AttemptOpen = new("attempt-open", 409, "This attempt is not finished", "Submit it first; its answers can be shared afterwards.");

    public static readonly Problem FreeAnswersOnly = new("sharing-free-answers-only", 409, "Answers to this question are not shared",
        "What is written, spoken or programmed freely can be shared. This question has one right answer.");

    public static readonly Problem Off = new("sharing-off", 409, "Answers to this question are not shared", "Its author or a teacher has switched that off.");

    public static readonly Problem Withheld = new("sharing-withheld", 409, "This answer cannot be shared yet",
        "The test it belongs to does not show its answers, or not yet. Sharing opens with them.");

    public static readonly Problem Nothing = new("sharing-nothing", 409, "There is nothing to share", "This question was not answered, or its recording never arrived whole.");

    public static readonly Problem Hidden = new("shared-answer-hidden", 409, "This answer was hidden by a moderator", "It can be neither shared again nor withdrawn. Ask your teacher about it.");

    public static readonly Problem Own = new("shared-answer-own", 409, "This is your own answer", "Others can find it helpful or report it. To take it back, withdraw it.");

    public static readonly Problem ReportSettled = new("report-settled", 409, "This report is settled already", "Somebody decided it meanwhile.");
}
