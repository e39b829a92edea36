using System.Globalization;
using Tripos.Measurement.Selection;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>What practice says to people.</summary>
public static class PracticeWords
{
    /// <summary>Why a question was chosen: weak topic: closures, 42 %.</summary>
    /// <param name="success">The expected chance of a right answer, 0-1.</param>
    public static string Why(PickReason reason, string topic, double success, ChosenFacts facts, DateTimeOffset now) => reason switch
    {
        PickReason.ReviewDue => Due(facts.DueAt, now),
        PickReason.WeakTopic => facts.TopicPercent is { } percent ? $"Weak topic: {topic}, {Words.Percent(percent)}" : $"Weak topic: {topic}",
        PickReason.Stretch => $"A stretch, within reach: {topic}",
        PickReason.Blueprint => $"You have practised little of {topic} so far",
        PickReason.Informative => $"Tells most about how well you know {topic}",
        PickReason.Preference => "Matches what you are interested in",
        PickReason.Calibration => "Helps us find out how hard a new question is",
        _ => $"New to you: {topic}",
    };

    /// <summary>7 in 10.</summary>
    public static string Chance(double success) => $"{Math.Clamp((int)Math.Round(success * 10), 1, 9)} in 10";

    /// <summary>1512 ± 60.</summary>
    public static string Rating(double points, double deviation) =>
        string.Create(CultureInfo.InvariantCulture, $"{points:0} ± {deviation:0}");

    /// <summary>Days in words: 2 days.</summary>
    public static string Days(int days) => Words.Count(days, "day");

    private static string Due(DateTimeOffset? dueAt, DateTimeOffset now) => dueAt is not { } at ? "Review due"
        : (int)(now - at).TotalDays switch
        {
            <= 0 => "Review due today",
            1 => "Review due since yesterday",
            var days => $"Review due {Days(days)} ago",
        };
}
