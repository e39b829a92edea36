using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts.Pages;

/// <summary>What the pages call things.</summary>
internal static class AttemptWords
{
    public static string Plural(TestType type) => type switch
    {
        TestType.Quiz => "Quizzes",
        TestType.Test => "Tests",
        TestType.Exam => "Exams",
        TestType.Mock => "Mock exams",
        TestType.Assessment => "Assessments",
        _ => "Practice",
    };

    public static string One(TestType type) => type switch
    {
        TestType.Mock => "mock exam",
        TestType.Practice => "practice",
        _ => type.ToString().ToLowerInvariant(),
    };

    public static string AttemptsLeft(int? left) => left switch
    {
        null => "as many attempts as you like",
        0 => "no attempts left",
        _ => $"{Words.Count(left.Value, "attempt")} left",
    };

    /// <summary>Attempt 2 of 3.</summary>
    public static string Attempt(int number, int? allowed) => allowed is { } most ? $"Attempt {number} of {most}" : $"Attempt {number}";

    public static string Ending(SubmitType type) => type switch
    {
        SubmitType.TimeExpired => "handed in when the time was up",
        SubmitType.Forced => "handed in by a teacher",
        SubmitType.Abandoned => "closed because it was left",
        _ => "submitted",
    };

    /// <summary>Questions 3, 7 and 9.</summary>
    public static string Questions(IReadOnlyList<int> positions) => positions switch
    {
        [var only] => $"question {only}",
        _ => $"questions {string.Join(", ", positions.SkipLast(1))} and {positions[^1]}",
    };

    /// <summary>By level, 1 to 5; each begins with the number that is seen.</summary>
    public static readonly string[] Levels = [.. Enumerable.Range(0, 6).Select(level => $"{level}, {Confidence(level)}")];

    public static string Confidence(int level) => level switch
    {
        1 => "a guess",
        2 => "unsure",
        3 => "fairly sure",
        4 => "sure",
        _ => "certain",
    };
}
