using Tripos.Evaluation.Speech;

namespace Tripos.Evaluation.Tests.Speech;

public sealed class ScriptGrammarTests
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Known = new() { ["read"] = ["R EH D", "R IY D"], ["it"] = ["IH T"] };

    [Fact]
    public void A_script_may_be_said_left_out_or_said_again_and_has_every_pronunciation()
    {
        var search = ScriptGrammar.ForScript(SpokenText.Script("Read it!", _ => true), Known);

        string[] lines = search.Fsg.Split('\n');
        Assert.Equal(["FSG_BEGIN <answer>", "NUM_STATES 3", "START_STATE 0", "FINAL_STATE 2", "TRANSITION 0 1 0.9 read"], lines[..5]);
        Assert.Contains("TRANSITION 1 2 0.9 it", lines);
        Assert.Contains(lines, line => line.StartsWith("TRANSITION 1 2 0.0", StringComparison.Ordinal) && line.Split(' ').Length == 4); // left out
        Assert.Contains(lines, line => line.StartsWith("TRANSITION 2 1 ", StringComparison.Ordinal)); // said again
        Assert.StartsWith("it IH T\nread R EH D\nread(2) R IY D\n_AA_ AA\n", search.Dictionary, StringComparison.Ordinal);
    }

    [Fact]
    public void Short_answers_are_ways_from_the_first_state_to_the_last()
    {
        var search = ScriptGrammar.ForAnswers([["it"], ["read", "it"]], Known);

        string[] lines = search.Fsg.Split('\n');
        Assert.Equal(["NUM_STATES 3", "START_STATE 0", "FINAL_STATE 1", "TRANSITION 0 1 0.45 it", "TRANSITION 0 2 0.45 read", "TRANSITION 2 1 0.45 it"], lines[1..7]);
    }

    [Theory]
    [InlineData("Don’t stop, well-known 7-year-olds.", "don't stop well known seven year olds")]
    [InlineData("42 of 1,250 people (3.5 %)", "forty two of 1,250 people 3.5")]
    public void Texts_are_words_as_the_dictionary_spells_them(string text, string words) => Assert.Equal(words, string.Join(' ', SpokenText.Words(text)));

    [Fact]
    public void Pauses_belong_where_the_text_has_a_comma_or_a_full_stop()
    {
        var script = SpokenText.Script("In 1999, they left. Then we (both) followed", word => word != "they");

        Assert.Equal(["1999", "left", "we", "both"], script.Where(word => word.EndsPhrase).Select(word => word.Word));
        Assert.Equal(["1999", "they"], script.Where(word => !word.IsKnown).Select(word => word.Word));
    }
}
