using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Tripos.Bench.Speech;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Tests.Features.Evaluation.Speech;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation;

/// <summary>An essay and a text read aloud in a mock: estimates without a network, a model's verdict, a teacher's decision, the report with all three, and books that balance.</summary>
public sealed class TheWholeStory(TriposWithModel app) : IClassFixture<TriposWithModel>
{
    private const string Script = "The library opens at nine in the morning, and students may borrow up to six books.";

    private const string Essay = """
        Many cities discuss whether private cars should be banned from their centres. I believe that such a ban does more good than harm, although it needs careful preparation.

        The strongest argument is health. Traffic causes most of the dirty air in city centres, and children who live near busy roads suffer from asthma more often. When a city closes a street to cars, people walk and cycle
        more, so the benefit is double: the air becomes cleaner and the people become fitter. In addition, quiet streets attract visitors, and shops that feared for their customers usually sell more than before.

        However, a ban creates problems for those who depend on a car. Old and disabled people cannot always use a bus, and workers on night shifts may find none. Therefore a city should first improve its public transport and
        should allow exceptions for residents, deliveries and people with special needs. If these conditions are missing, the ban hits the weakest and helps only those who live in the centre anyway.

        In conclusion, closing city centres to private cars is right, because clean air and safe streets matter to everybody. Nevertheless, the change must come step by step, so that nobody is left behind.
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Free_answers_of_a_mock_are_judged_by_three_and_the_report_tells_who_said_what()
    {
        // Ada hands in her mock
        var test = await app.HasTest(0, new() { Profile = "pte-2025-08" }, type: Server.Features.Catalog.TestType.Mock);
        await Has(test, 1, new Written { Prompt = "Should private cars be banned from city centres? Discuss.", KeyPoints = ["Health and clean air", "People who depend on a car", "Better public transport"] }, "pte-write-essay");
        await Has(test, 2, new Spoken { Prompt = "Read the text aloud.", Script = Script }, "pte-read-aloud");
        var attempt = await app.Starts(Ada, test);
        (await app.Answers(Ada, attempt, 1, System.Text.Json.JsonSerializer.Serialize(new { text = Essay }))).EnsureSuccessStatusCode();
        var recording = await app.Records(Ada, attempt, 2, Voices.Opus(Voices.WithPauses("flite/slt", 1500, "The library opens at nine in the morning,", "and may borrow up to six books."), "webm"));
        (await app.Answers(Ada, attempt, 2, $$"""{"recording": "{{recording}}", "durationMs": 8000}""")).EnsureSuccessStatusCode();
        await app.Submits(Ada, attempt);
        MadeAnswer essay = new(test, attempt);

        // Without a network: local estimates with evidence
        await app.RunEvaluationsAsync();
        Assert.Empty(app.Model.Asked);
        Assert.EndsWith(" 0 local", await app.PointsOf(essay), StringComparison.Ordinal);
        Assert.EndsWith(" 0 local", await app.PointsOf(essay, 2), StringComparison.Ordinal);
        var written = await app.VerdictOf(essay, "local");
        var spoken = await app.VerdictOf(essay, "local", 2);
        Assert.All(written.Traits, trait => Assert.NotNull(trait.Score));
        Assert.All(written.Traits.SelectMany(trait => trait.Evidence).Where(evidence => evidence.Place is not null), evidence => Assert.Equal(evidence.Place!.Quote, Essay.ReplaceLineEndings("\n")[evidence.Place.Start..evidence.Place.End]));
        Assert.Equal(["students"], spoken.Heard!.Omitted);
        int local = (await OverallOf(attempt))!.Value;
        Assert.InRange(local, 10, 90);

        // A model's opinion on both, for two of Ada's four credits
        var estimate = await app.As(Ada).GetFromJsonAsync<JsonNode>($"/api/attempts/{attempt}/evaluation-estimate", Ct);
        (await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/evaluations", new { credits = estimate!["credits"]!.GetValue<int>() }, Ct)).EnsureSuccessStatusCode();
        await app.RunEvaluationsAsync(EvaluatorKind.Model);
        Assert.Equal((2, 4), (estimate["credits"]!.GetValue<int>(), estimate["available"]!.GetValue<int>()));
        Assert.Equal(2, app.Model.Asked.Count);
        Assert.EndsWith(" 0 model", await app.PointsOf(essay), StringComparison.Ordinal);
        Assert.EndsWith(" 0 local+model", await app.PointsOf(essay, 2), StringComparison.Ordinal); // a model that reads cannot hear pronunciation

        // Tess overrides the essay
        var traits = Scorer.TraitsOf(QuestionKinds.Find("pte-write-essay"), new Written { Prompt = "" }, ScoringProfiles.Find("pte-2025-08"));
        var mark = await app.As(Tess).PutAsJsonAsync($"/api/marking/{attempt}/1",
            new { revision = 0, draft = false, scores = traits.ToDictionary(trait => trait.Name, trait => trait.Max), comments = Array.Empty<object>(), summary = "An outstanding essay." }, Ct);
        Assert.True(mark.IsSuccessStatusCode, await mark.Content.ReadAsStringAsync(Ct));
        Assert.EndsWith(" 0 teacher", await app.PointsOf(essay), StringComparison.Ordinal);
        Assert.True(await OverallOf(attempt) > local);

        // The report and the feedback show all three
        string report = System.Net.WebUtility.HtmlDecode(await app.As(Ada).GetStringAsync($"/attempts/{attempt}/report", Ct));
        string feedback = System.Net.WebUtility.HtmlDecode(await app.As(Ada).GetStringAsync($"/attempts/{attempt}/evaluations/1", Ct));
        Assert.Contains("decided by a teacher", report, StringComparison.Ordinal);
        Assert.Contains("estimate of a language model", report, StringComparison.Ordinal);
        Assert.Contains("estimate of the local evaluator", report, StringComparison.Ordinal);
        Assert.Contains("Local evaluator for writing 1", feedback, StringComparison.Ordinal);
        Assert.Contains("recorded-1", feedback, StringComparison.Ordinal);
        Assert.Contains("An outstanding essay.", feedback, StringComparison.Ordinal);

        // And the books balance
        Assert.Equal(2, await app.SpentBy(Ada));
        Assert.Empty((await VerifyBooks.RunAsync(app.Sql, Ct)).Faults);
    }

    private Task<short?> OverallOf(Guid attempt) => app.Value<short?>("SELECT overall FROM attempts WHERE id = $1", attempt);

    private async Task Has(MadeTest test, short position, QuestionBody body, string kind)
    {
        var (questionId, _) = await app.HasQuestion(body with { Prompt = $"{body.Prompt} {test.Id}" }, kindName: kind);
        await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", test.Id, position, questionId);
    }
}
