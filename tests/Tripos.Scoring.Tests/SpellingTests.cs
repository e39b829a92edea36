using System.Text;

namespace Tripos.Scoring.Tests;

/// <summary>Dictionaries as Hunspell reads them, and what counts as a mistake in a text.</summary>
public sealed class SpellingTests
{
    private const string Affixes = """
        SET UTF-8
        # two suffixes, a prefix, and the ordinals of English
        COMPOUNDMIN 1
        ONLYINCOMPOUND c
        COMPOUNDRULE 2
        COMPOUNDRULE n*1t
        COMPOUNDRULE n*mp
        NEEDAFFIX q
        FORBIDDENWORD !
        PFX U Y 1
        PFX U 0 un .
        SFX D Y 4
        SFX D 0 d e
        SFX D y ied [^aeiou]y
        SFX D 0 ed [^ey]
        SFX D 0 ed [aeiou]y
        SFX M N 1
        SFX M 0 's .
        """;

    private const string Words = "15\ntie/UDM\ntry/D\nplay/D\nwalk/D\nLondon/M\nNATO\nMcCoy/M\n0/nm\n1/n1\n2/nm\n0th/pt\n1st/p\n1th/tc\n2nd/p\n2th/tc\nalot/!\nfloss/q\n";

    private static readonly SpellingDictionary Small = SpellingDictionary.Read(Stream(Affixes), Stream(Words));

    [Theory]
    [InlineData("tie", true)]
    [InlineData("tied", true)]
    [InlineData("untie", true)]
    [InlineData("untied", true)]     // prefix and suffix cross
    [InlineData("untie's", false)]   // these do not
    [InlineData("tie's", true)]
    [InlineData("tried", true)]      // y becomes ied after a consonant
    [InlineData("tryed", false)]
    [InlineData("played", true)]     // but not after a vowel
    [InlineData("plaied", false)]
    [InlineData("walked", true)]
    [InlineData("unwalked", false)]  // walk takes no prefix
    [InlineData("London", true)]
    [InlineData("london", false)]
    [InlineData("LONDON", true)]
    [InlineData("Walk", true)]
    [InlineData("WALKED", true)]
    [InlineData("wALK", false)]
    [InlineData("NATO", true)]
    [InlineData("Nato", false)]
    [InlineData("McCoy", true)]
    [InlineData("MCCOY", true)]
    [InlineData("Mccoy", false)]
    [InlineData("21st", true)]
    [InlineData("201st", true)]
    [InlineData("11th", true)]
    [InlineData("12th", true)]
    [InlineData("21th", false)]
    [InlineData("11st", false)]
    [InlineData("1th", false)]       // only in compounds
    [InlineData("1st", true)]
    [InlineData("alot", false)]      // forbidden
    [InlineData("floss", false)]     // needs an affix
    [InlineData("", false)]
    public void A_word_is_known_with_the_affixes_its_flags_allow(string word, bool known) => Assert.Equal(known, Small.Knows(word));

    [Theory]
    [InlineData("FLAG long\nSFX Aa Y 1\nSFX Aa 0 s .\n", "1\ncat/AaBb\n")]
    [InlineData("FLAG num\nSFX 1001 Y 1\nSFX 1001 0 s .\n", "1\ncat/7,1001\n")]
    [InlineData("FLAG UTF-8\nSFX é Y 1\nSFX é 0 s .\n", "1\ncat/é\tpo:noun\n")]
    public void Flags_come_in_several_forms(string aff, string dic)
    {
        var dictionary = SpellingDictionary.Read(Stream(aff), Stream(dic));

        Assert.True(dictionary.Knows("cats"));
        Assert.False(dictionary.Knows("catss"));
    }

    [Fact]
    public void A_line_that_cannot_be_read_is_named() =>
        Assert.Contains("Line 2", Assert.Throws<FormatException>(() => SpellingDictionary.Read(Stream("SET UTF-8\nSFX D\n"), Stream("0\n"))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("colour", false, true)]
    [InlineData("color", true, false)]
    [InlineData("organisation", false, true)]
    [InlineData("organization", true, false)]
    [InlineData("neighbourhoods", false, true)]
    [InlineData("unbelievably", true, true)]
    [InlineData("children's", true, true)]
    [InlineData("don't", true, true)]
    [InlineData("England", true, true)]
    [InlineData("england", false, false)]
    [InlineData("22nd", true, true)]
    [InlineData("22th", false, false)]
    [InlineData("recieve", false, false)]
    [InlineData("goverment", false, false)]
    [InlineData("seperately", false, false)]
    [InlineData("occured", false, false)]
    public void The_dictionaries_of_English_know_English(string word, bool american, bool british)
    {
        Assert.Equal(american, EnglishDictionaries.American.Knows(word));
        Assert.Equal(british, EnglishDictionaries.British.Knows(word));
    }

    [Theory]
    [InlineData("They recieve letters.", "recieve", "")]
    [InlineData("They recieve and Recieve it.", "recieve", "Recieve")]        // a capital inside a sentence is taken for a name
    [InlineData("Recieve it.", "Recieve", "")]                               // at its start it is not
    [InlineData("Zbigniewski came. Then Zbigniewski left.", "", "Zbigniewski")]
    [InlineData("Dr. Zbigniewski came.", "", "Zbigniewski")]                 // an abbreviation ends no sentence
    [InlineData("A well-known, state-of-the-art co-worker.", "", "")]
    [InlineData("A well-knwon fact.", "well-knwon", "")]
    [InlineData("In 1999, 3.5 km, 20,000 MP3s, the 90s.", "", "")]
    [InlineData("The 21st and the 21th.", "21th", "")]
    [InlineData("He said “don’t” (e.g. in the U.S. army).", "", "")]
    [InlineData("One thing.Another thing.", "", "")]                         // a missing space is no misspelling
    [InlineData("The flumpet is broken.", "", "")]                           // the question speaks of a flumpet
    public void Mistakes_and_names_are_told_apart(string text, string misspelled, string names)
    {
        var traits = Score(text, EnglishDictionaries.Resources);

        Assert.Equal(misspelled.Length == 0, traits.Why!.StartsWith("No misspelled words found", StringComparison.Ordinal));
        Assert.Contains(misspelled, traits.Why, StringComparison.Ordinal);
        Assert.Equal(names.Length > 0, traits.Why.Contains("Taken for names", StringComparison.Ordinal));
        Assert.EndsWith(names, traits.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_dictionary_spelling_stays_open() =>
        Assert.Equal(new TraitScore("spelling", null, 2, "Not evaluated yet. No spelling dictionary is installed"), Score("They recieve letters.", ScoringResources.None));

    private static TraitScore Score(string text, ScoringResources resources) =>
        FreeAnswers.Score("pte-summarize-spoken-text", new Questions.Written { Prompt = "What is a flumpet?" }, $"{text} {Vectors.ShortAnswer.Text(50)}", resources).Traits.Single(trait => trait.Name == "spelling");

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));
}
