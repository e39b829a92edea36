using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tripos.Questions;
using Tripos.Scoring.Tests.Vectors;

namespace Tripos.Scoring.Tests;

/// <summary>What must hold whatever is answered.</summary>
public sealed class ScoringPropertyTests
{
    private const double Near = 1e-9;

    private static readonly ScoringProfile Pte = ScoringProfiles.Find("pte-2025-08");

    private static readonly string[] Asked = "the results of the survey will be published in the spring".Split(' ');

    private static readonly (QuestionKind Kind, QuestionBody Body, JsonElement? Response, IReadOnlyList<TraitScore> Evaluated)[] Answers =
    [
        .. from row in VectorRow.All
           let kind = QuestionKinds.Find(row.Kind)
           let body = ShortQuestion.Read(kind, row.Question)
           let answer = ShortAnswer.Read(kind, body, row.Answer)
           select (kind, body, answer.Response, answer.Evaluated),
    ];

    [Fact]
    public void Every_answer_under_every_profile_is_in_range_and_the_same_again() =>
        Assert.All(from answer in Answers from profile in ScoringProfiles.All select (answer, profile), pair =>
        {
            var (kind, body, response, _) = pair.answer;
            var score = Scorer.Score(kind, body, response, pair.profile, EnglishDictionaries.Resources);
            var again = Scorer.Score(kind, body, response, pair.profile, EnglishDictionaries.Resources);

            Assert.InRange(score.Fraction, 0, 1);
            Assert.InRange(score.OpenFraction, 0, 1 - score.Fraction + Near);
            Assert.True(score.OpenFraction == 0 || score.Correct is null);
            Assert.All(score.Traits, trait => Assert.True(trait.Score is null or >= 0 && !(trait.Score > trait.Max) && trait.Why is not null));
            Assert.Equal(JsonSerializer.Serialize(score), JsonSerializer.Serialize(again));
            Assert.True(Scorer.MaxOf(kind, body, pair.profile) is 0 or >= 1);
        });

    [Fact]
    public void The_traits_add_up_to_the_points() =>
        Assert.All(Answers.Where(answer => Scorer.TraitsOf(answer.Kind, answer.Body, Pte).Count > 0), answer =>
        {
            var score = Scorer.Score(answer.Kind, answer.Body, answer.Response, Pte, EnglishDictionaries.Resources);
            double max = Scorer.MaxOf(answer.Kind, answer.Body, Pte);

            Assert.Equal(max, score.Traits.Sum(trait => trait.Max), Near);
            Assert.Equal(score.Fraction * max, score.Traits.Sum(trait => trait.Score ?? 0), Near);
            Assert.Equal(Scorer.TraitsOf(answer.Kind, answer.Body, Pte).Select(trait => trait.Name), score.Traits.Select(trait => trait.Name));
        });

    [Fact]
    public void One_more_wrong_option_costs_one_point_or_nothing() =>
        Prop.ForAll<byte, byte>((chosen, key) =>
        {
            string right = Letters(key) is { Length: > 0 } some ? some : "a", ticks = Letters(chosen);
            var body = new MultipleChoice { Prompt = "?", Options = [.. "abcdefgh".Select(c => new Option($"{c}", $"{c}"))], Key = [.. right.Select(c => $"{c}")] };
            double points = Points("pte-listening-multiple-choice-multiple", body, new { chosen = ticks.Select(c => $"{c}") });
            return "abcdefgh".Except(right).Except(ticks)
                .All(wrong => Points("pte-listening-multiple-choice-multiple", body, new { chosen = (ticks + wrong).Select(c => $"{c}") }) is var worse && Math.Abs(worse - Math.Max(0, points - 1)) < Near | points == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_order_earns_its_adjacent_pairs() =>
        Prop.ForAll<long, PositiveInt>((seed, count) =>
        {
            string[] key = [.. Enumerable.Range(0, 2 + count.Get % 9).Select(i => $"p{i}")];
            string[] order = SeededShuffle.Order(key, seed, 1);
            var body = new Ordering { Prompt = "?", Parts = [.. key.Select(id => new Part(id, id))], Key = key };
            int pairs = order.Zip(order.Skip(1)).Count(pair => Array.IndexOf(key, pair.Second) == Array.IndexOf(key, pair.First) + 1);
            return Math.Abs(Points("pte-reorder-paragraphs", body, new { order }) - pairs) < Near;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spelling_decides_dictation_word_by_word() =>
        Prop.ForAll<int, int>((misspelled, missing) =>
        {
            // the words of a bit pattern are misspelled or left out; every other one still earns its point
            var typed = Asked.Index().Where(word => (missing >> word.Index & 1) == 0).Select(word => (misspelled >> word.Index & 1) == 1 ? $"{word.Item}x" : word.Item).ToList();
            int right = Asked.Index().Count(word => (missing >> word.Index & 1) == 0 && (misspelled >> word.Index & 1) == 0);
            return typed.Count == 0 || Math.Abs(Dictated(string.Join(' ', typed)) - right) < Near;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Extra_words_neither_earn_nor_cost() =>
        Prop.ForAll<int, PositiveInt>((place, count) =>
        {
            List<string> typed = [.. Asked];
            typed.InsertRange((place & 0xff) % (Asked.Length + 1), Enumerable.Repeat("zebra", count.Get % 20));
            return Math.Abs(Dictated(string.Join(' ', typed)) - Asked.Length) < Near;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Content_0_or_form_0_zeroes_the_item_whatever_else_is_earned() =>
        Prop.ForAll<byte[]>(given =>
        {
            foreach (var (name, rule) in Pte.Kinds.Where(kind => kind.Value.Traits.Any(trait => trait.Zeroes)))
            {
                var kind = QuestionKinds.Find(name);
                QuestionBody body = kind.Interaction == "spoken" ? new Spoken { Prompt = "?", Script = "Hello." } : new Written { Prompt = "?" };
                var open = ItemScore.Of([.. rule.Traits.Select(trait => new TraitScore(trait.Name, null, trait.Max))]);
                TraitScore[] evaluated = [.. rule.Traits.Select((trait, i) => new TraitScore(trait.Name, given.Length == 0 ? 0 : given[i % given.Length] % ((int)trait.Max + 1), trait.Max))];

                var score = Scorer.WithEvaluated(kind, body, Pte, open, evaluated);

                bool zeroed = rule.Traits.Zip(evaluated).Any(pair => pair.First.Zeroes && pair.Second.Score == 0);
                double sum = zeroed ? 0 : evaluated.Sum(trait => trait.Score!.Value) / rule.Traits.Sum(trait => trait.Max);
                if (Math.Abs(score.Fraction - sum) > Near || score.OpenFraction != 0 || (zeroed && score.Traits.Any(trait => trait.Score != 0)))
                {
                    return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Marking_one_more_wrong_word_never_helps() =>
        Prop.ForAll<int, int>((key, marked) =>
        {
            var body = new HotText { Prompt = "?", Text = string.Join(' ', Asked), Key = [.. Bits(key | 1).Select(index => new HotWord(index))] };
            int[] marks = [.. Bits(marked)];
            double points = marks.Length == 0 ? 0 : Points("pte-highlight-incorrect-words", body, new { marked = marks });
            return Bits(~(key | 1) & ~marked).All(wrong => Points("pte-highlight-incorrect-words", body, new { marked = marks.Append(wrong) }) <= points + Near);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pointing_again_never_helps_and_the_order_of_the_places_does_not_matter() =>
        Prop.ForAll<byte[]>(places =>
        {
            var body = new HotSpot { Prompt = "?", MostPoints = 20, Areas = [new("a", AreaShape.Rectangle, [0, 0, 0.5, 0.5], ""), new("b", AreaShape.Circle, [0.4, 0.4, 0.3], ""), new("c", AreaShape.Rectangle, [0.1, 0.1, 0.2, 0.2], "")] };
            var points = places.Take(6).Select(place => new { x = (place & 15) / 15.0, y = (place >> 4) / 15.0 }).ToList();
            double once = Points("hot-spot", body, new { points }), turned = Points("hot-spot", body, new { points = Enumerable.Reverse(points) });
            return points.Count == 0 || (Math.Abs(once - turned) < Near && Points("hot-spot", body, new { points = points.Append(new { x = 1.0, y = 1.0 }) }) <= once + Near);
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<int> Bits(int bits) => Enumerable.Range(0, Asked.Length).Where(i => (bits >> i & 1) == 1);

    private static string Letters(int bits) => new([.. "abcdefgh".Where((_, i) => (bits >> i & 1) == 1)]);

    private static double Dictated(string text) => Points("pte-write-from-dictation", new Dictation { Prompt = "?", Sentence = string.Join(' ', Asked) }, new { text });

    private static double Points(string kind, QuestionBody body, object response)
    {
        var found = QuestionKinds.Find(kind);
        return Scorer.Score(found, body, JsonSerializer.SerializeToElement(response), Pte).Fraction * Scorer.MaxOf(found, body, Pte);
    }
}
