using Tripos.Questions;
using Tripos.Server.Features.Authoring;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>A body becomes fields and the fields the same body again, for every interaction.</summary>
public sealed class BodyFormTests
{
    private static readonly Media Picture = new(new string('a', 64), "image/png") { Width = 400, Height = 300, Alt = "A map", Description = "A map of two islands." };
    private static readonly Media Sound = new(new string('b', 64), "audio/ogg") { DurationMs = 4000 };
    private static readonly Part[] Parts = [new("p", "first"), new("q", "second"), new("r", "third")];
    private static readonly RubricTrait[] Rubric = [new("clarity", "Clarity", 4, "Says what is wanted."), new("tool", "Tool", 2.5)];

    public static TheoryData<string, QuestionBody> Bodies => new()
    {
        { "single-choice", new SingleChoice { Prompt = "P", Options = [new("a", "one", "why"), new("x7", "two")], Key = ["x7"], ShuffleOptions = false } },
        { "multiple-choice", new MultipleChoice { Prompt = "P", Options = [new("a", "one", null, 0.5), new("b", "two", null, -1), new("c", "three", null, 0.5)], Key = ["a", "c"], MaxResponses = 2, Rule = ChoiceRule.Weights } },
        { "true-false", new SingleChoice { Prompt = "P", Options = [new("a", "True"), new("b", "False")], Passage = "Read.", Explanation = "Because.", Code = new("print(1)\n  x", "python") } },
        { "pte-listening-multiple-choice-single", new SingleChoice { Prompt = "P", Options = [new("a", "one"), new("b", "two")], Key = ["a"], Audio = Sound, Transcript = "One.\nTwo.", Timing = new() { AudioPlays = 2, AnswerMs = 1500 } } },
        { "matching", new Matching { Prompt = "P", Premises = [Parts[0], Parts[1]], Answers = Parts, Key = new Dictionary<string, string> { ["p"] = "r", ["q"] = "r" } } },
        { "ordering", new Ordering { Prompt = "P", Parts = Parts, Key = ["p", "q", "r"], Rule = OrderRule.Exact } },
        { "ordering", new Ordering { Prompt = "P", Parts = Parts } },
        { "gap-typed", new TypedGaps { Prompt = "P", Text = "A [[1]] and [[b]].", Gaps = [new("1", ["cat", "kitten"]) { CaseSensitive = true }, new("b", ["3.5"]) { Tolerance = 0.25 }] } },
        { "gap-dropdown", new ChosenGaps { Prompt = "P", Text = "A [[1]] [[2]].", Gaps = [new("1", [new("x", "cat"), new("y", "dog")], "y"), new("2", [new("1", "sat"), new("2", "sit")], null)] } },
        { "gap-word-bank", new WordBank { Prompt = "P", Text = "A [[1]] [[2]].", Words = Parts, Key = new Dictionary<string, string> { ["1"] = "q", ["2"] = "p" } } },
        { "short-text", new ShortText { Prompt = "P", Accepted = ["Paris", "paris, France"], CaseSensitive = true } },
        { "numeric", new Numeric { Prompt = "P", Value = -3.25, Tolerance = 0.5, RelativeTolerance = 0.05, Units = [new("m", 1), new("km", 1000)] } },
        { "hot-text", new HotText { Prompt = "P", Text = "The cat, (sat) on the mat.", Key = [new(1, "dog"), new(2), new(5, "warm rug")] } },
        { "hot-spot", new HotSpot { Prompt = "P", Image = Picture, Areas = [new("a", AreaShape.Rectangle, [0.1, 0.2, 0.3, 0.4], "island"), new("b", AreaShape.Circle, [0.5, 0.5, 0.125], "")], MostPoints = 3 } },
        { "essay", new Written { Prompt = "P", MinWords = 50, MaxWords = 70, Rubric = Rubric, ModelAnswer = "Good.\nBetter.", KeyPoints = ["one", "two"] } },
        { "pte-write-from-dictation", new Dictation { Prompt = "P", Audio = Sound, Sentence = "The library is open." } },
        { "pte-read-aloud", new Spoken { Prompt = "P", Script = "Read this." } },
        { "pte-answer-short-question", new Spoken { Prompt = "P", Audio = Sound, Accepted = ["a week", "seven days"] } },
        { "code-answer", new CodeAnswer { Prompt = "P", Language = "python", Starter = "def f():\n    pass", Rubric = Rubric } },
        { "description", new Description { Prompt = "P", Passage = "Text." } },
    };

    [Theory, MemberData(nameof(Bodies))]
    public void A_body_comes_back_from_its_fields(string kindName, QuestionBody body)
    {
        var kind = QuestionKinds.Find(kindName);
        var version = new LoadedVersion(1, 1, 1, kind, body);
        var form = BodyForm.Of(new QuestionView(1, version, null, null, null, 3, ContentStatus.Live, [], false, [], []));

        var (read, faults) = BodyForm.Read(form, kind, new[] { Picture with { Alt = null, Description = null }, Sound }.ToDictionary(media => media.Hash));

        Assert.Equal(kind.WriteBody(body), kind.WriteBody(read));
        Assert.Empty(faults);
    }

    [Fact]
    public void Every_interaction_has_an_editor() => Assert.All(QuestionKinds.All, kind => Assert.NotNull(InteractionEditors.Of(kind)));

    [Fact]
    public void A_new_gap_in_the_text_gets_a_row_and_one_that_is_gone_loses_it()
    {
        var form = new EditorForm().Set("text", "A [[2]] [[3]]").AddRow("gaps", ("id", "1"), ("accepted", "one")).AddRow("gaps", ("id", "2"), ("accepted", "two"));

        var (body, faults) = BodyForm.Read(form.Set("prompt", "P"), QuestionKinds.Find("gap-typed"), new Dictionary<string, Media>());

        Assert.Equal(["2 two", "3 "], ((TypedGaps)body).Gaps.Select(gap => $"{gap.Id} {string.Join(',', gap.Accepted)}"));
        Assert.Empty(faults);
    }

    [Fact]
    public void An_option_of_a_gap_keeps_its_id_when_lines_are_moved_and_added()
    {
        var form = new EditorForm().Set("prompt", "P").Set("text", "[[1]]").AddRow("gaps", ("id", "1"), ("known", "x\tcat\ny\tdog"), ("options", "bird\n*dog\ncat"));

        var gap = ((ChosenGaps)BodyForm.Read(form, QuestionKinds.Find("gap-dropdown"), new Dictionary<string, Media>()).Body).Gaps.Single();

        Assert.Equal(["1 bird", "y dog", "x cat"], gap.Options.Select(option => $"{option.Id} {option.Text}"));
        Assert.Equal("y", gap.Key);
    }

    [Fact]
    public void Words_in_braces_are_the_key_of_a_hot_text_with_white_space_in_what_should_stand_there()
    {
        var form = new EditorForm().Set("prompt", "P").Set("text", "The {{cat|big dog}},\n  {{sat}} down.");

        var body = (HotText)BodyForm.Read(form, QuestionKinds.Find("hot-text"), new Dictionary<string, Media>()).Body;

        Assert.Equal("The cat, sat down.", body.Text);
        Assert.Equal([new HotWord(1, "big dog"), new HotWord(2)], body.Key);
    }
}
