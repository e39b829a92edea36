using System.Net;
using System.Text.RegularExpressions;
using Tripos.Questions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>Authors find questions by their words and by what they are or lack, a page at a time.</summary>
public sealed partial class BankPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Words_are_found_in_every_text_of_the_current_version_in_any_form()
    {
        var (closure, _) = await app.HasQuestion(Exams.Choice("What is a zebraclosure?", "a") with { Transcript = "The lecturer mentions okapis." });
        await app.HasQuestion(Exams.Choice("Another one about tapirs.", "a"));

        Assert.Equal([closure], await Found("find=zebraclosures"));
        Assert.Equal([closure], await Found("find=okapi"));
        Assert.Equal([closure], await Found("find=zebraclosure+-tapir"));
        Assert.Equal(2, (await Found("find=okapi+or+tapir")).Count);
        Assert.Empty(await Found("find=okapi+tapir"));

        await app.HasVersion(closure, Exams.Choice("What is a gnuclosure?", "a"));

        Assert.Empty(await Found("find=okapi"));
        Assert.Equal([closure], await Found("find=gnuclosure"));
    }

    [Fact]
    public async Task A_word_of_the_prompt_weighs_more_than_one_of_an_option_and_a_number_finds_its_question()
    {
        var (inPrompt, _) = await app.HasQuestion(Exams.Choice("Where do narwhals live?", "a"));
        var (inOption, _) = await app.HasQuestion(Exams.Choice("Who has a tusk?", "a") with { Options = [new("a", "the narwhal"), new("b", "a crow")] });

        Assert.Equal([inPrompt, inOption], await Found("find=narwhal"));
        Assert.Equal([inOption], await Found($"find={inOption}"));
    }

    [Fact]
    public async Task The_name_of_a_test_finds_its_questions()
    {
        var test = await app.HasTest(questions: 2, title: "Quokka quiz");

        Assert.Equal(test.QuestionIds.Order(), (await Found("find=quokka")).Order());
    }

    [Fact]
    public async Task Filters_narrow_the_list_each_alone_and_together()
    {
        int topic = await app.HasTopic("Filtering");
        var (one, _) = await app.HasQuestion(Exams.Choice("One of two?", "a"), topic, difficulty: 5);
        var (two, _) = await app.HasQuestion(Exams.Choice("Two of two?"), topic, difficulty: 1);
        await app.Run("UPDATE questions SET tags = '{loops,hard}', status = 'draft', created_by = $2 WHERE id = $1", one, Tess.Id);

        Assert.Equal([two, one], await Found($"topic={topic}"));
        Assert.Equal([one], await Found($"topic={topic}&difficulty=5"));
        Assert.Equal([one], await Found($"topic={topic}&tags=Hard,+loops"));
        Assert.Empty(await Found($"topic={topic}&tags=hard,soft"));
        Assert.Equal([one], await Found($"topic={topic}&status=draft"));
        Assert.Equal([two], await Found($"topic={topic}&needkey=true"));
        Assert.Equal([one], await Found($"topic={topic}&author={Tess.Id}"));
        Assert.Equal([two, one], await Found($"topic={topic}&kind=single-choice"));
        Assert.Empty(await Found($"topic={topic}&kind=essay"));
        Assert.Equal([two, one], await Found($"topic={topic}&difficulty=many&status=&author=me&after=x"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gaps_whether_searched_or_not()
    {
        int topic = await app.HasTopic("Paging");
        for (int n = 1; n <= 53; n++)
        {
            await app.HasQuestion(Exams.Choice($"Wombat {n}?", "a"), topic);
        }

        foreach (string query in (string[])[$"topic={topic}", $"topic={topic}&find=wombat"])
        {
            string first = await Page(query);
            string second = await app.As(Tess).GetStringAsync(WebUtility.HtmlDecode(Next().Match(first).Groups[1].Value), Ct);

            Assert.Contains("53 questions", first, StringComparison.Ordinal);
            Assert.Equal((50, 3), (Ids(first).Count, Ids(second).Count));
            Assert.Empty(Ids(first).Intersect(Ids(second)));
        }
    }

    [Fact]
    public async Task A_search_that_fits_nothing_says_so()
    {
        Assert.Contains("No question fits", await Page("find=%25"), StringComparison.Ordinal);
        Assert.Contains("very common words", await Page("find=the"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learners_have_no_bank()
    {
        Assert.NotEqual(HttpStatusCode.OK, (await app.As(Ada).GetAsync("/questions", Ct)).StatusCode);
    }

    private async Task<string> Page(string query) => await app.As(Tess).GetStringAsync($"/questions?{query}", Ct);

    private async Task<IReadOnlyList<int>> Found(string query) => Ids(await Page(query));

    private static List<int> Ids(string html) => [.. Row().Matches(html).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex("<tr data-question=\"(\\d+)\"")]
    private static partial Regex Row();

    [GeneratedRegex("rel=\"next\" href=\"([^\"]+)\"")]
    private static partial Regex Next();
}
