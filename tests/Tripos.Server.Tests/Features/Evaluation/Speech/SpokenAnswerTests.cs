using Tripos.Bench.Speech;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation.Speech;

/// <summary>A spoken answer from the microphone to its points.</summary>
public sealed class SpokenAnswerTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Reading_aloud_gets_points_with_the_places_they_rest_on()
    {
        byte[] sound = Voices.Opus(Voices.WithPauses("flite/slt", 1800, "The library opens at nine", "in the morning, and may borrow up to six books."), "webm");
        var answer = await app.ReadsAloud(Recognised.Script.Replace("and students", "and readers", StringComparison.Ordinal), sound);

        await app.RunEvaluationsAsync();

        Assert.Matches(@"^\d+(\.\d+)? 0 local$", await app.PointsOf(answer));
        var verdict = await app.VerdictOf(answer, "local");
        Assert.Equal(["content", "pronunciation", "fluency"], verdict.Traits.Select(trait => trait.Name));
        Assert.Equal(4.5, verdict.Traits[0].Score);
        Assert.Equal(["readers"], verdict.Heard!.Omitted);
        Assert.Contains(verdict.Traits[2].Evidence, evidence => evidence.Says.EndsWith("of silence after “nine”", StringComparison.Ordinal) && evidence.Place!.Unit == PlaceUnit.Sound);
        Assert.NotEmpty(verdict.Suggestions);
        string page = await app.As(Ada).GetStringAsync($"/attempts/{answer.AttemptId}/evaluations/1", TestContext.Current.CancellationToken);
        Assert.Contains("data-sound-places", page, StringComparison.Ordinal);
        Assert.Contains("of silence after “nine”", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }
}

/// <summary>A machine without the programs.</summary>
public sealed class WithoutRecogniserTests(WithoutRecogniserTests.Deaf app) : IClassFixture<WithoutRecogniserTests.Deaf>
{
    public sealed class Deaf : TriposApp
    {
        protected override IEnumerable<(string Key, string Value)> Settings => [("Tripos:Speech:Recogniser", "/nowhere/pocketsphinx_batch")];
    }

    [Fact]
    public async Task Where_nothing_can_listen_every_trait_says_so_and_the_points_stay_open()
    {
        var answer = await app.ReadsAloud(Recognised.Script, Sounds.Beep());

        await app.RunEvaluationsAsync();

        var verdict = await app.VerdictOf(answer, "local");
        Assert.Equal(3, verdict.Traits.Count);
        Assert.All(verdict.Traits, trait => Assert.Equal((null, "Not evaluated: this server has no speech recogniser."), (trait.Score, trait.Why)));
        Assert.StartsWith("0 1", await app.PointsOf(answer), StringComparison.Ordinal);
    }
}

internal static class ReadingAloud
{
    extension(TriposApp app)
    {
        /// <summary>Ada reads a text aloud in a test under the PTE profile, and submits.</summary>
        public async Task<MadeAnswer> ReadsAloud(string script, byte[] sound)
        {
            var test = await app.HasTest(0, new() { Profile = "pte-2025-08" });
            var (questionId, _) = await app.HasQuestion(new Spoken { Prompt = $"Read aloud {Guid.NewGuid()}", Script = script }, kindName: "pte-read-aloud");
            await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, 1, $2)", test.Id, questionId);
            var attempt = await app.Starts(Ada, test);
            var recording = await app.Records(Ada, attempt, 1, sound);
            (await app.Answers(Ada, attempt, 1, $$"""{"recording": "{{recording}}", "durationMs": 8000}""")).EnsureSuccessStatusCode();
            await app.Submits(Ada, attempt);
            return new(test with { QuestionIds = [questionId] }, attempt);
        }
    }
}
