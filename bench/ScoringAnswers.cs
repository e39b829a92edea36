using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Bench;

/// <summary>A partly right answer of usual size to every kind a rule decides alone.</summary>
public static class ScoringAnswers
{
    public sealed record Answer(string Kind, QuestionBody Body, string Response);

    private static readonly string[] Sentence = "The results of the survey will be published in the spring edition.".Split(' ');

    public static IReadOnlyList<Answer> All { get; } =
    [
        .. from kind in QuestionKinds.All
           where !kind.BodyType.IsAssignableTo(typeof(FreeAnswer)) && kind.BodyType != typeof(Description)
           let made = Of(kind)
           select new Answer(kind.Name, made.Body, JsonSerializer.Serialize(made.Response)),
    ];

    private static (QuestionBody Body, object Response) Of(QuestionKind kind) => kind.Interaction switch
    {
        "choice" when kind.BodyType == typeof(SingleChoice) => (new SingleChoice { Prompt = "?", Options = Options(4), Key = ["b"] }, new { chosen = new[] { "b" } }),
        "choice" => (new MultipleChoice { Prompt = "?", Options = Options(7), Key = ["a", "c", "e"] }, new { chosen = new[] { "a", "b", "c" } }),
        "matching" => (new Matching { Prompt = "?", Premises = Parts('p'), Answers = Parts('a'), Key = Enumerable.Range(1, 5).ToDictionary(i => $"p{i}", i => $"a{i}") },
            new { pairs = new Dictionary<string, string> { ["p1"] = "a1", ["p2"] = "a3", ["p3"] = "a2", ["p4"] = "a4", ["p5"] = "a5" } }),
        "ordering" => (new Ordering { Prompt = "?", Parts = Parts('p'), Key = ["p1", "p2", "p3", "p4", "p5"] }, new { order = new[] { "p2", "p1", "p3", "p4", "p5" } }),
        "typed-gaps" => (new TypedGaps { Prompt = "?", Text = Gapped, Gaps = [.. Enumerable.Range(1, 5).Select(i => new TypedGap($"{i}", [$"word{i}", $"other{i}"]))] },
            new { gaps = Enumerable.Range(1, 5).ToDictionary(i => $"{i}", i => i % 2 == 0 ? $" Other{i}" : "wrong") }),
        "chosen-gaps" => (new ChosenGaps { Prompt = "?", Text = Gapped, Gaps = [.. Enumerable.Range(1, 5).Select(i => new ChosenGap($"{i}", Parts('o'), "o2"))] },
            new { gaps = Enumerable.Range(1, 5).ToDictionary(i => $"{i}", i => i % 2 == 0 ? "o2" : "o1") }),
        "word-bank" => (new WordBank { Prompt = "?", Text = Gapped, Words = Parts('w'), Key = Enumerable.Range(1, 5).ToDictionary(i => $"{i}", i => $"w{i}") },
            new { gaps = new Dictionary<string, string> { ["1"] = "w1", ["2"] = "w3", ["3"] = "w2", ["4"] = "w4", ["5"] = "w5" } }),
        "short-text" => (new ShortText { Prompt = "?", Accepted = ["the city of Canberra", "Canberra"] }, new { text = "canberra" }),
        "numeric" => (new Numeric { Prompt = "?", Value = 1500, RelativeTolerance = 0.05, Units = [new("m", 1), new("km", 1000)] }, new { value = "1,52", unit = "km" }),
        "hot-text" => (new HotText { Prompt = "?", Text = string.Join(' ', Enumerable.Repeat(Sentence, 6).SelectMany(words => words)), Key = [new(3), new(11), new(20), new(31), new(50)] }, new { marked = new[] { 3, 11, 21, 31 } }),
        "hot-spot" => (new HotSpot { Prompt = "?", MostPoints = 3, Areas = [new("1", AreaShape.Rectangle, [0.1, 0.1, 0.2, 0.2], ""), new("2", AreaShape.Circle, [0.6, 0.6, 0.1], ""), new("3", AreaShape.Polygon, [0.8, 0.8, 1, 0.8, 1, 1], "")] },
            new { points = new[] { new { x = 0.2, y = 0.2 }, new { x = 0.62, y = 0.6 }, new { x = 0.5, y = 0.1 } } }),
        "dictation" => (new Dictation { Prompt = "?", Sentence = string.Join(' ', Sentence) }, new { text = "the results of survey will be be publised in the spring edition" }),
        var other => throw new NotSupportedException($"No answer of {other} to measure."),
    };

    private static string Gapped => string.Join(' ', Enumerable.Range(1, 5).Select(i => $"Some words and [[{i}]]"));

    private static Option[] Options(int count) => [.. "abcdefg".Take(count).Select(c => new Option($"{c}", $"Option {c}"))];

    private static Part[] Parts(char first) => [.. Enumerable.Range(1, 5).Select(i => new Part($"{first}{i}", $"Part {i}"))];
}
