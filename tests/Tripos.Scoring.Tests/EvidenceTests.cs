using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring.Tests.Vectors;

namespace Tripos.Scoring.Tests;

/// <summary>What a rule decided says why, in words a learner understands.</summary>
public sealed class EvidenceTests
{
    private const string Passage = "Urban trees lower the temperature of a street by several degrees and keep rain from the drains. They also make people walk more often than they would in a bare street.";

    [Theory]
    [InlineData("pte-write-essay", "{250}", 2, "250 words: 200 to 300 earn 2, otherwise 120 to 380 earn 1, anything else 0")]
    [InlineData("pte-write-essay", "{20}", 0, "20 words: 200 to 300 earn 2, otherwise 120 to 380 earn 1, anything else 0")]
    [InlineData("pte-summarize-written-text", "{10}", 1, "One sentence of 10 words: 5 to 75 earn 1, anything else 0")]
    [InlineData("pte-summarize-written-text", "{30}", 0, "3 sentences; exactly one is asked for (30 words)")]
    [InlineData("pte-summarize-written-text", "TREES COOL STREETS AND DRAINS.", 0, "Written in capital letters only (5 words)")]
    [InlineData("pte-summarize-spoken-text", "trees cool streets and drains", 0, "Written without punctuation (5 words)")]
    [InlineData("pte-summarize-spoken-text", "1. Trees cool.\n2. Trees drink.", 0, "Written as bullet points only (6 words)")]
    public void Form_says_what_was_counted(string kind, string answer, double points, string why)
    {
        string text = answer.StartsWith('{') ? ShortAnswer.Text(int.Parse(answer.Trim('{', '}'), System.Globalization.CultureInfo.InvariantCulture)) : answer;

        var form = FreeAnswers.Score(kind, new Written { Prompt = "?", Passage = Passage }, text).Traits.Single(trait => trait.Name == "form");

        Assert.Equal((points, why), (form.Score!.Value, form.Why));
    }

    [Fact]
    public void A_zeroed_item_says_what_zeroed_it_and_keeps_what_was_found()
    {
        var score = FreeAnswers.Score("pte-summarize-spoken-text", new Written { Prompt = "?" }, ShortAnswer.Text(20));

        Assert.Equal(0, score.OpenFraction);
        Assert.Equal("Counts as 0 because form is 0", score.Traits.Single(trait => trait.Name == "content").Why);
        Assert.Equal("Counts as 0 because form is 0. No misspelled words found", score.Traits.Single(trait => trait.Name == "spelling").Why);
    }

    [Fact]
    public void Copying_is_pointed_out_with_its_share_and_its_longest_run()
    {
        var content = FreeAnswers.Score("pte-summarize-written-text", new Written { Prompt = "?", Passage = Passage }, "Urban trees lower the temperature of a street by several degrees, which is good.").Traits[0];

        // 14 words make 10 runs of five; the first 11 words, which are copied, make 7 of them
        Assert.Equal(("copied", null), (content.Flag, content.Score));
        Assert.Equal("Not evaluated yet. 70 % of its runs of five words also stand in the question; the longest has 11 words: “Urban trees lower the temperature of a street by several degrees”", content.Why);
    }

    [Fact]
    public void Copying_from_a_question_in_HTML_is_seen_through_its_tags() =>
        Assert.Equal("copied", FreeAnswers.Score("essay", new Written { Prompt = "<p>Urban <em>trees</em> lower the <strong>temperature</strong> of&nbsp;a street.</p>", Format = ContentFormat.Html }, "Urban trees lower the temperature of a street.", profile: "percentage").Traits[0].Flag);

    [Fact]
    public void Own_words_are_not_pointed_out() =>
        Assert.Null(FreeAnswers.Score("pte-summarize-written-text", new Written { Prompt = "?", Passage = Passage }, "Because trees cool towns and hold rain, people like to walk there.").Traits[0].Flag);

    [Fact]
    public void Outside_the_PTE_profiles_copying_is_pointed_out_and_decides_nothing()
    {
        var score = FreeAnswers.Score("essay", new Written { Prompt = Passage, MinWords = 10, MaxWords = 20 }, Passage, profile: "percentage");

        Assert.Equal("copied", score.Traits[0].Flag);
        Assert.Equal(1, score.OpenFraction);
        Assert.StartsWith("Not evaluated yet. 31 words; 10 to 20 were asked for. 100 % of its runs", score.Traits[0].Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"recording": null, "trouble": "denied"}""", "Nothing was recorded: the browser was not allowed to use the microphone")]
    [InlineData("""{"recording": null, "trouble": "silent"}""", "Nothing was recorded: the microphone heard nothing")]
    [InlineData("""{"recording": null}""", "Nothing was recorded")]
    [InlineData("null", "Nothing was recorded")]
    public void A_missing_recording_says_why_it_is_missing(string response, string why)
    {
        JsonElement? given = response == "null" ? null : JsonSerializer.Deserialize<JsonElement>(response);

        var score = Scorer.Score(QuestionKinds.Find("pte-repeat-sentence"), new Spoken { Prompt = "?", Script = "Hello." }, given, ScoringProfiles.Find("pte-2025-08"));

        Assert.All(score.Traits, trait => Assert.Equal((0, why), (trait.Score, trait.Why)));
        Assert.Equal((0, 0, false), (score.Fraction, score.OpenFraction, score.Correct));
    }

    [Fact]
    public void What_no_rule_decides_says_that_it_is_not_evaluated_yet()
    {
        var response = JsonSerializer.Deserialize<JsonElement>("""{"recording": "01900000-0000-7000-8000-000000000000", "durationMs": 9000}""");

        var score = Scorer.Score(QuestionKinds.Find("pte-read-aloud"), new Spoken { Prompt = "?", Script = "Hello." }, response, ScoringProfiles.Find("pte-2025-08"));

        Assert.All(score.Traits, trait => Assert.Equal((null, "Not evaluated yet"), (trait.Score, trait.Why)));
        Assert.Equal((0, 1, null), (score.Fraction, score.OpenFraction, score.Correct));
    }

    [Theory]
    [InlineData("rhythm", 1.0, "no trait \"rhythm\"")]
    [InlineData("content", 7.0, "7 points for \"content\"")]
    [InlineData("content", -1.0, "-1 points for \"content\"")]
    [InlineData("content", double.NaN, "NaN points")]
    public void An_evaluation_outside_the_traits_is_refused(string trait, double points, string message)
    {
        var (kind, body, profile) = (QuestionKinds.Find("pte-write-essay"), new Written { Prompt = "?" }, ScoringProfiles.Find("pte-2025-08"));
        var decided = FreeAnswers.Score("pte-write-essay", body, ShortAnswer.Text(250));

        var wrong = Assert.Throws<ArgumentException>(() => Scorer.WithEvaluated(kind, body, profile, decided, [new TraitScore(trait, points, 6)]));

        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_evaluation_does_not_touch_what_a_rule_decided()
    {
        var (kind, body, profile) = (QuestionKinds.Find("pte-write-essay"), new Written { Prompt = "?" }, ScoringProfiles.Find("pte-2025-08"));
        var decided = FreeAnswers.Score("pte-write-essay", body, ShortAnswer.Text(150));

        var merged = Scorer.WithEvaluated(kind, body, profile, decided, [new TraitScore("form", 2, 2), new TraitScore("content", 5, 6, "Clear.")]);

        Assert.Equal(1, merged.Traits.Single(trait => trait.Name == "form").Score);
        Assert.Equal(new TraitScore("content", 5, 6, "Clear."), merged.Traits.Single(trait => trait.Name == "content"));
    }
}
