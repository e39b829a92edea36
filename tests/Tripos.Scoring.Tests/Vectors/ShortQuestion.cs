using System.Globalization;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Scoring.Tests.Vectors;

/// <summary>Reads a question as Vectors/README.md writes it in short.</summary>
public static partial class ShortQuestion
{
    public static QuestionBody Read(QuestionKind kind, string text) => kind.Interaction switch
    {
        "choice" => Choice(kind, text),
        "matching" => Matching(text),
        "ordering" => Ordering(text),
        "typed-gaps" => Typed(text),
        "chosen-gaps" => Chosen(text),
        "word-bank" => Bank(text),
        "short-text" => new ShortText { Prompt = "?", Accepted = [.. Without(text, "(case)").Split(" / ")], CaseSensitive = text.Contains("(case)", StringComparison.Ordinal) },
        "numeric" => Number(text),
        "hot-text" => Marked(text),
        "hot-spot" => Spots(text),
        "dictation" => new Dictation { Prompt = "?", Sentence = text },
        "description" => new Description { Prompt = text },
        "code" => new CodeAnswer { Prompt = text, Starter = Inside(text, @"\(starter (.*)\)$"), Rubric = Rubric(text) },
        "spoken" => new Spoken { Prompt = text, Rubric = Rubric(text) },
        "written" => WrittenOf(text),
        var other => throw new FormatException($"Nothing reads a question for {other}."),
    };

    private static ChoiceBody Choice(QuestionKind kind, string text)
    {
        string[] words = Without(text, "(all or nothing)").Split(' ');
        bool weighs = words.Any(word => word.Contains('='));
        Option[] options = [.. words.Select(word => word.TrimStart('*').Split('=')).Select(word => new Option(word[0], word[0], null, word.Length > 1 ? Value(word[1]) : null))];
        string[] key = [.. weighs ? options.Where(option => option.Weight > 0).Select(option => option.Id) : words.Where(word => word[0] == '*').Select(word => word[1..])];
        return kind.BodyType == typeof(SingleChoice) ? new SingleChoice { Prompt = "?", Options = options, Key = key }
            : new MultipleChoice { Prompt = "?", Options = options, Key = key, Rule = weighs ? ChoiceRule.Weights : text.Contains("(all", StringComparison.Ordinal) ? ChoiceRule.AllOrNothing : ChoiceRule.RightMinusWrong };
    }

    private static Matching Matching(string text)
    {
        string[] sides = text.Split(" + ");
        var key = sides[0].Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new() { Prompt = "?", Premises = [.. key.Keys.Select(Part)], Answers = [.. key.Values.Concat(sides.Skip(1)).Distinct().Select(Part)], Key = key };
    }

    private static Ordering Ordering(string text)
    {
        string[] order = Without(text, "(exact)").Split(' ');
        return new() { Prompt = "?", Parts = [.. order.Select(Part)], Key = order, Rule = text.Contains("(exact)", StringComparison.Ordinal) ? OrderRule.Exact : OrderRule.AdjacentPairs };
    }

    private static TypedGaps Typed(string text) => new()
    {
        Prompt = "?",
        Text = Gapped(text),
        Gaps = [.. Gaps(text).Select((gap, i) =>
        {
            string[] accepted = gap.TrimEnd('!').Split('/');
            string[] number = accepted[0].Split('~');
            return new TypedGap($"{i + 1}", [number[0], .. accepted[1..]]) { CaseSensitive = gap.EndsWith('!'), Tolerance = number.Length > 1 ? Value(number[1]) : null };
        })],
    };

    private static ChosenGaps Chosen(string text) => new()
    {
        Prompt = "?",
        Text = Gapped(text),
        Gaps = [.. Gaps(text).Select((gap, i) => new ChosenGap($"{i + 1}", [.. gap.Split('/').Select(option => Part(option.TrimStart('*')))], gap.Split('/').Single(option => option[0] == '*')[1..]))],
    };

    private static WordBank Bank(string text)
    {
        string[] sides = text.Split(" + "), right = Gaps(sides[0]);
        return new()
        {
            Prompt = "?",
            Text = Gapped(sides[0]),
            Words = [.. right.Concat(sides[1].Split(", ")).Select(Part)],
            Key = right.Index().ToDictionary(gap => $"{gap.Index + 1}", gap => gap.Item),
        };
    }

    private static Numeric Number(string text)
    {
        string[] sides = text.Split(" in "), numbers = sides[0].Split(" ± ");
        bool percent = numbers[1].EndsWith('%');
        double tolerance = Value(numbers[1].TrimEnd('%', ' '));
        return new()
        {
            Prompt = "?", Value = Value(numbers[0]), Tolerance = percent ? 0 : tolerance, RelativeTolerance = percent ? tolerance / 100 : 0,
            Units = sides.Length == 1 ? [] : [.. sides[1].Split(' ').Select(unit => unit.Split('=')).Select(unit => new Unit(unit[0], Value(unit[1])))],
        };
    }

    private static HotText Marked(string text)
    {
        string[] words = text.Split(' ');
        return new() { Prompt = "?", Text = text.Replace("*", "", StringComparison.Ordinal), Key = [.. words.Index().Where(word => word.Item[0] == '*').Select(word => new HotWord(word.Index))] };
    }

    private static HotSpot Spots(string text)
    {
        var size = Size().Match(text);
        var areas = Size().Replace(text, "").Split(';', StringSplitOptions.TrimEntries).Select((area, i) =>
        {
            string[] words = area.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new HotArea($"{i}", Enum.Parse<AreaShape>(words[0], ignoreCase: true), [.. words[1..].Select(Value)], "");
        });
        var image = size.Success ? new Media("0", "image/png") { Alt = "A map", Width = int.Parse(size.Groups[1].Value, CultureInfo.InvariantCulture), Height = int.Parse(size.Groups[2].Value, CultureInfo.InvariantCulture) } : null;
        return new() { Prompt = "?", Areas = [.. areas], MostPoints = 10, Image = image };
    }

    private static Written WrittenOf(string text) => Words().Match(text) is { Success: true } limits
        ? new() { Prompt = text, Rubric = Rubric(text), MinWords = int.Parse(limits.Groups[1].Value, CultureInfo.InvariantCulture), MaxWords = int.Parse(limits.Groups[2].Value, CultureInfo.InvariantCulture) }
        : new() { Prompt = text, Rubric = Rubric(text) };

    private static RubricTrait[] Rubric(string text) => Inside(text, @"\(rubric ([^)]*)\)") is { } rubric
        ? [.. rubric.Split(", ").Select(trait => trait.Split(' ')).Select(trait => new RubricTrait(trait[0], trait[0], Value(trait[1])))]
        : [];

    private static string[] Gaps(string text) => [.. Gap().Matches(text).Select(gap => gap.Groups[1].Value)];

    private static string Gapped(string text)
    {
        int number = 0;
        return Gap().Replace(text, _ => $"[[{++number}]]");
    }

    private static string? Inside(string text, string pattern) => Regex.Match(text, pattern) is { Success: true } match ? match.Groups[1].Value : null;

    private static string Without(string text, string mark) => text.Replace(mark, "", StringComparison.Ordinal).Trim();

    private static Part Part(string text) => new(text, text);

    private static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\[([^\]]+)\]")]
    private static partial Regex Gap();

    [GeneratedRegex(@"\((\d+)×(\d+)\)")]
    private static partial Regex Size();

    [GeneratedRegex(@"\((\d+)-(\d+) words\)")]
    private static partial Regex Words();
}
