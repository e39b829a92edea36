using System.Globalization;
using Tripos.Server.Platform.Web;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review.Pages;

/// <summary>How the pages of the deck say things.</summary>
internal static class DeckWords
{
    public static readonly IReadOnlyList<Recall> Ratings = [Recall.Again, Recall.Hard, Recall.Good, Recall.Easy];

    /// <summary>How long until a card comes back: 10 min, 4 days, 2.5 months.</summary>
    public static string Wait(in Card card)
    {
        var wait = card.DueAt - card.LastReviewAt!.Value;
        return wait switch
        {
            { TotalMinutes: < 1 } => $"{wait.TotalSeconds:0} s",
            { TotalHours: < 1 } => $"{wait.TotalMinutes:0} min",
            { TotalDays: < 1 } => $"{Math.Round(wait.TotalHours, 1).ToString(CultureInfo.InvariantCulture)} h",
            { TotalDays: < 60 } => Words.Count((int)Math.Round(wait.TotalDays), "day"),
            { TotalDays: < 365 } => $"{Math.Round(wait.TotalDays / 30.44, 1).ToString(CultureInfo.InvariantCulture)} months",
            _ => $"{Math.Round(wait.TotalDays / 365.25, 1).ToString(CultureInfo.InvariantCulture)} years",
        };
    }

    public static (string? Tone, string Words) State(CardState state) => state switch
    {
        CardState.New => ("info", "New"),
        CardState.Learning => ("warn", "Learning"),
        CardState.Relearning => ("warn", "Learning again"),
        _ => ("good", "Known"),
    };

    public static string Why(AnswerRecall suggested) => suggested.Reason switch
    {
        AnswerReason.Wrong => "Again, because the answer was wrong",
        AnswerReason.PartlyRight => "Hard, because the answer was partly right",
        AnswerReason.Slow => "Hard, because you took longer than you usually do",
        AnswerReason.Unsure => "Hard, because you were not sure",
        AnswerReason.FastAndSure => "Easy, because you were fast and sure",
        _ => "Good, because the answer was right",
    };

    public static string Date(DateOnly date) => date.ToString("ddd d MMM", CultureInfo.InvariantCulture);

    public static string Day(DateOnly date, DateOnly today) => (date.DayNumber - today.DayNumber) switch { 0 => "Today", 1 => "Tomorrow", _ => Date(date) };

    /// <summary>The same in the middle of a sentence.</summary>
    public static string DayWithin(DateOnly date, DateOnly today) => date.DayNumber - today.DayNumber <= 1 ? Day(date, today).ToLowerInvariant() : Date(date);

    public static string Share(double share) => Words.Percent(Math.Round(share * 100));
}
