using FsCheck;
using FsCheck.Fluent;
using Tripos.Evaluation.Speech;

namespace Tripos.Evaluation.Tests.Speech;

public sealed class ScriptAlignmentTests
{
    [Theory]
    [InlineData("a dog ran home", "a dog ran home", "r r r r", "")]
    [InlineData("a dog ran home", "a ran home", "r r r", "dog")]
    [InlineData("a dog ran home", "a cat ran home", "r x r r", "")]
    [InlineData("a dog ran home", "a dog ran quickly home", "r r r i r", "")]
    [InlineData("a dog ran home", "a dog dog ran home", "r r a r r", "")]
    [InlineData("a dog ran home", "a dog a dog ran home", "r r a a r r", "")]
    [InlineData("a dog ran home", "a uh dog ran home", "r f r r r", "")]
    [InlineData("a dog ran home", "a dog", "r r", "ran home")]
    [InlineData("a dog ran home", "", "", "a dog ran home")]
    public void Words_stand_as_they_are_or_are_left_out_replaced_added_said_again_or_hesitations(string script, string said, string stands, string omitted)
    {
        var aligned = ScriptAlignment.Of(SpokenText.Script(script, _ => true), Said(said));

        Assert.Equal(stands, string.Join(' ', aligned.Words.Select(word => Letter(word.Heard.As))));
        Assert.Equal(omitted, string.Join(' ', aligned.Omitted.Select(word => word.Word)));
    }

    [Fact]
    public void A_word_left_out_is_placed_where_it_should_have_been_said()
    {
        var aligned = ScriptAlignment.Of(SpokenText.Script("a dog ran home", _ => true), Said("a ran home"));

        Assert.Equal(new OmittedWord(1, "dog", 300), Assert.Single(aligned.Omitted));
    }

    [Fact]
    public void Words_nobody_knows_the_sound_of_are_left_out_of_the_comparison()
    {
        var script = SpokenText.Script("a dog called Xyzzy ran home", word => word != "xyzzy");

        var (said, notSaid) = (ScriptAlignment.Of(script, Said("a dog called … ran home")), ScriptAlignment.Of(script, Said("a dog called ran home")));

        Assert.All([said, notSaid], aligned => Assert.Equal((5, 5, 0, 0, 0), (aligned.Right, aligned.Compared, aligned.Omitted.Count, aligned.Inserted, aligned.Replaced)));
    }

    [Fact]
    public void Every_word_of_the_script_is_heard_replaced_or_left_out()
    {
        var words = Gen.Elements("a", "b", "c", "d").ArrayOf();
        Prop.ForAll(words.ToArbitrary(), words.ToArbitrary(), (script, said) =>
        {
            var aligned = ScriptAlignment.Of([.. script.Select(word => new ScriptWord(word, false, true))], Said(string.Join(' ', said)));
            return aligned.Right + aligned.Replaced + aligned.Omitted.Count == script.Length && aligned.Words.Count == said.Length;
        }).QuickCheckThrowOnFailure();
    }

    private static List<SpokenWord> Said(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, at) => new SpokenWord(word, at * 300, at * 300 + 300))];

    private static string Letter(HeardAs what) => what switch { HeardAs.Right => "r", HeardAs.Replaced => "x", HeardAs.Inserted => "i", HeardAs.Repeated => "a", _ => "f" };
}
