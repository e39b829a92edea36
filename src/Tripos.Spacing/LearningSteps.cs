using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>The short waits before a card counts in days.</summary>
internal static class LearningSteps
{
    /// <summary>The wait after an answer and the step the card is then on; no wait when it graduates.</summary>
    public static (TimeSpan Wait, int Step) Next(SchedulerSettings settings, in Card card, Recall recall)
    {
        bool learning = card.State is CardState.New or CardState.Learning;
        var steps = learning ? settings.LearningSteps : settings.RelearningSteps;
        int step = card.Step;
        if (steps.Length == 0 || step >= steps.Length || (card.State == CardState.Review && recall != Recall.Again))
        {
            return default;
        }

        return recall switch
        {
            // A card in review has a step only when its last one took days: ts-fsrs then waits the relearning step of that number.
            Recall.Again => (steps[card.State == CardState.Review ? step : 0], 0),
            Recall.Hard => (HardWait(steps), step),
            Recall.Good when step + 1 < steps.Length => (steps[step + 1], step + 1),
            _ => default,
        };
    }

    // Rounded half up to whole minutes, as ts-fsrs does; under a minute it stays as it is.
    private static TimeSpan HardWait(ImmutableArray<TimeSpan> steps)
    {
        double minutes = steps.Length == 1 ? steps[0].TotalMinutes * 1.5 : (steps[0].TotalMinutes + steps[1].TotalMinutes) / 2;
        return TimeSpan.FromMinutes(minutes < 1 ? minutes : Math.Floor(minutes + 0.5));
    }
}
