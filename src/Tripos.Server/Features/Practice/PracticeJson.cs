using Tripos.Server.Features.Attempts;

namespace Tripos.Server.Features.Practice;

/// <summary>A session as programs read it.</summary>
public static class PracticeJson
{
    /// <param name="Position">Of the question in its session; answer it at <c>/api/attempts/{attemptId}/answers/{position}</c> and close it there with <c>/feedback</c>, in tests with <c>/closure</c>.</param>
    /// <param name="Of">How many questions the session has at most.</param>
    /// <param name="Question">The open question; null when the session is over.</param>
    /// <param name="Over">Why no question follows; null while one is open.</param>
    public sealed record Turn(Guid AttemptId, PracticeKind Kind, string Title, int Position, int Of, AttemptJson.Item? Question, WhyChosen? Why, string? Over);

    public static Turn Of(TurnView view, SessionEnd? over) => new(
        view.Session.AttemptId, view.Session.Kind, view.Session.Title, view.Session.ItemCount, view.Session.MostItems,
        over is null && view.Item is { } item ? AttemptJson.Of(item) : null, over is null ? view.Why : null, over?.Why);
}
