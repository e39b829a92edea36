using System.Text.Json;
using Tripos.Evaluation.Writing;

namespace Tripos.Evaluation.Tests.Writing;

/// <summary>What the rules of grammar see, and what they leave alone.</summary>
public sealed class GrammarCheckTests
{
    [Theory]
    [InlineData("He like the old town.", "agreement", "He like")]
    [InlineData("We know that she don't agree.", "agreement", "she don't")]
    [InlineData("They was late again.", "agreement", "They was")]
    [InlineData("Old buildings is important for a city.", "agreement", "buildings is")]
    [InlineData("The government said that tourists spends a lot.", "agreement", "tourists spends")]
    [InlineData("My brother work from home every day.", "agreement", "brother work")]
    [InlineData("I will help everybody who want it.", "agreement", "everybody who want")]
    [InlineData("In my town there is many cars.", "agreement", "there is many")]
    [InlineData("Children must to learn it.", "verb-form", "must to")]
    [InlineData("A phone can helps them.", "verb-form", "can helps")]
    [InlineData("Everybody should can choose.", "verb-form", "should can")]
    [InlineData("He could of known it.", "verb-form", "could of")]
    [InlineData("She didn't went home.", "verb-form", "didn't went")]
    [InlineData("It is good to has time.", "verb-form", "to has")]
    [InlineData("They not talk with us.", "verb-form", "They not talk")]
    [InlineData("I am agree with this opinion.", "verb-form", "am agree")]
    [InlineData("This is more better for us.", "phrase", "more better")]
    [InlineData("He bought a apple.", "article", "a apple")]
    [InlineData("It took an year.", "article", "an year")]
    [InlineData("We live in city and work there.", "article", "in city")]
    [InlineData("There were many building in the street.", "number", "many building")]
    [InlineData("This is one of the problem of today.", "number", "one of the problem")]
    [InlineData("There are less cars now.", "number", "less cars")]
    [InlineData("I need more informations about it.", "number", "informations")]
    [InlineData("They take care of there children.", "confusion", "there children")]
    [InlineData("Their are two reasons.", "confusion", "Their are")]
    [InlineData("It is cheaper then before.", "confusion", "cheaper then")]
    [InlineData("We dont have time.", "apostrophe", "dont")]
    [InlineData("Yesterday i saw him.", "capital", "i")]
    [InlineData("It was late. we went home.", "capital", "we")]
    [InlineData("We saw the the sea.", "repeated", "the the")]
    [InlineData("The bus was full, it was very hot inside.", "splice", "it was")]
    [InlineData("Although it rained, but we went out.", "phrase", "but")]
    [InlineData("We stayed at home . It rained.", "spacing", " .")]
    [InlineData("It was cold,wet and dark.", "spacing", ",")]
    [InlineData("We went home because it was late", "end-mark", "late")]
    [InlineData("It was late. Because the bus was full.", "fragment", "Because the bus was full")]
    public void A_mistake_is_named_at_its_place(string text, string rule, string quote)
    {
        var found = Find(text);

        Assert.Contains(found, finding => finding.Rule == rule && finding.Place.Quote == quote);
        Assert.Equal(quote, text.Substring(found[0].Place.Start, found[0].Place.End - found[0].Place.Start));
    }

    [Theory]
    [InlineData("Does he like it? Let him go, and make it work.")]
    [InlineData("The number of cars is high, and each of the students has a book.")]
    [InlineData("Walking in the hills is healthy, and reading books has a price.")]
    [InlineData("If it were mine, I would sell it.")]
    [InlineData("An hour later a European union chose a one-way street, an honest man and a university.")]
    [InlineData("News is bad, physics is hard, and the police are here.")]
    [InlineData("She had had enough, and that that was so surprised nobody.")]
    [InlineData("Without them, they are lost; he is tall.")]
    [InlineData("When it rains, it pours. In the evening, they watched a film.")]
    [InlineData("It rings, it glows and it sings, and nobody knows why.")]
    [InlineData("Dr. Smith arrived at 5 p.m. on Monday; e.g. his train was late.")]
    [InlineData("We need more than this, rather than less; then we rest.")]
    [InlineData("People who work hard sleep well. There is a lot of noise, and there are a few problems.")]
    [InlineData("Many people work in the city, and many city councils know it.")]
    [InlineData("I do not want to put the blame on him: he cut it, and he read it yesterday.")]
    public void Right_sentences_pass(string text) => Assert.Empty(Find(text));

    [Fact]
    public void Texts_written_with_care_hardly_have_a_finding()
    {
        var texts = Directory.GetFiles(Path.Combine(Root(), "samples", "pte"), "*.json").SelectMany(file => Texts(JsonDocument.Parse(File.ReadAllText(file)).RootElement)).ToList();

        int words = texts.Sum(text => WrittenText.Of(text).Words.Count);
        var found = texts.SelectMany(Find).Where(finding => finding.Weight >= 1).ToList();

        Assert.True(words > 5000);
        Assert.True(found.Count * 1000.0 / words < 1, string.Join('\n', found.Select(finding => $"{finding.Says}: {finding.Place.Quote}")));
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(field => field.Name is "modelAnswer" or "passage" or "transcript" && field.Value.ValueKind == JsonValueKind.String ? [field.Value.GetString()!] : Texts(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        _ => [],
    };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tripos.slnx")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private static IReadOnlyList<Finding> Find(string text) => GrammarCheck.Of(WrittenText.Of(text), oneSentence: false);
}
