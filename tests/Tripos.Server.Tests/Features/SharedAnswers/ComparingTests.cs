using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Tripos.Server.Features.SharedAnswers;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.SharedAnswers;

/// <summary>First answer, then compare; and nobody learns a name that was not given.</summary>
public sealed class ComparingTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_who_has_answered_the_question_sees_what_others_shared()
    {
        var essay = await app.HasEssay();
        var shared = await app.Shares(Ada, essay);
        string list = $"/api/questions/{essay.QuestionId}/shared-answers";

        var before = await app.As(Otto).GetAsync(list, Ct);
        var open = await app.Starts(Otto, essay.Test);
        await app.Answers(Otto, open, 1, Bodies.RightAnswer("essay"));
        var during = await app.As(Otto).GetAsync($"/api/shared-answers/{shared.Id}", Ct);
        await app.Submits(Otto, open);
        var after = await app.As(Otto).GetFromJsonAsync<ReadSharedAnswers.Page>(list, Speaking.Json, Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (before.StatusCode, during.StatusCode));
        Assert.Equal((shared.Id, "Ada", false, Sharing.Essay), after!.Answers.Select(answer => (answer.Id, answer.Name, answer.IsMine, answer.Answer.Text)).Single());
    }

    [Fact]
    public async Task Who_left_the_question_empty_has_not_answered_it()
    {
        var essay = await app.HasEssay();
        await app.Shares(Ada, essay);
        await app.Submits(Otto, await app.Starts(Otto, essay.Test));

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/api/questions/{essay.QuestionId}/shared-answers", Ct)).StatusCode);
    }

    [Theory]
    [InlineData("teacher")]
    [InlineData("moderator")]
    [InlineData("author")]
    public async Task Teachers_moderators_and_authors_see_them_without_answering(string role)
    {
        var essay = await app.HasEssay();
        await app.Shares(Ada, essay);

        var page = await app.As(new Person(Otto.Id, Otto.Name, "learner", role)).GetFromJsonAsync<ReadSharedAnswers.Page>($"/api/questions/{essay.QuestionId}/shared-answers", Speaking.Json, Ct);

        Assert.Single(page!.Answers);
    }

    [Fact]
    public async Task An_anonymous_answer_names_nobody_anywhere()
    {
        var essay = await app.HasEssay();
        var shared = await app.Shares(Ada, essay, anonymous: true);
        await app.Writes(Otto, essay.Test);
        await app.HasReport(Otto, shared.Id);

        string[] seen =
        [
            await app.As(Otto).GetStringAsync($"/api/questions/{essay.QuestionId}/shared-answers", Ct), await app.As(Otto).GetStringAsync($"/api/shared-answers/{shared.Id}", Ct),
            await app.As(Otto).GetStringAsync($"/questions/{essay.QuestionId}/answers", Ct), await app.As(Tess).GetStringAsync("/api/reports", Ct),
            await app.As(Tess).GetStringAsync("/reports", Ct), await app.As(Tess).GetStringAsync($"/questions/{essay.QuestionId}/answers", Ct),
        ];

        Assert.All(seen, text =>
        {
            Assert.Contains("the river carries it home", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Ada.Id.ToString(), text, StringComparison.Ordinal);
            Assert.DoesNotContain(essay.AttemptId.ToString(), text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_shared_recording_is_heard_by_those_who_see_it()
    {
        var test = await app.HasSpokenTest();
        byte[] sound = Sounds.Beep(1000, 523);
        var shared = await app.Shares(Ada, await app.Says(Ada, test, sound));
        var strange = await app.As(Otto).GetAsync(shared.Answer.AudioUrl, Ct);
        await app.Says(Otto, test);

        var heard = await app.As(Otto).GetByteArrayAsync(shared.Answer.AudioUrl, Ct);
        HttpRequestMessage part = new(HttpMethod.Get, shared.Answer.AudioUrl) { Headers = { Range = new RangeHeaderValue(0, 3) } };
        var begun = await app.As(Otto).SendAsync(part, Ct);
        await app.As(Ada).DeleteAsync($"/api/shared-answers/{shared.Id}", Ct);
        var withdrawn = await app.As(Otto).GetAsync(shared.Answer.AudioUrl, Ct);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (strange.StatusCode, withdrawn.StatusCode));
        Assert.Equal(sound, heard);
        Assert.Equal((HttpStatusCode.PartialContent, 1000L), (begun.StatusCode, shared.Answer.DurationMs!.Value));
    }

    [Fact]
    public async Task A_written_answer_has_nothing_to_hear()
    {
        var id = await app.HasSharedEssay();

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync($"/api/shared-answers/{id}/audio", Ct)).StatusCode);
    }

    [Fact]
    public async Task Helpful_counts_once_for_each_reader_and_never_for_oneself()
    {
        var essay = await app.HasEssay();
        string url = $"/api/shared-answers/{(await app.Shares(Ada, essay)).Id}";
        await app.Writes(Otto, essay.Test);

        await app.As(Otto).PutAsync($"{url}/helpful", null, Ct);
        await app.As(Otto).PutAsync($"{url}/helpful", null, Ct);
        await app.As(Tess).PutAsync($"{url}/helpful", null, Ct);
        var two = await app.As(Otto).GetFromJsonAsync<SharedAnswer>(url, Speaking.Json, Ct);
        await app.As(Otto).DeleteAsync($"{url}/helpful", Ct);
        await app.As(Otto).DeleteAsync($"{url}/helpful", Ct);
        var one = await app.As(Otto).GetFromJsonAsync<SharedAnswer>(url, Speaking.Json, Ct);
        var own = await app.As(Ada).PutAsync($"{url}/helpful", null, Ct);

        Assert.Equal((2, true, 1, false), (two!.HelpfulCount, two.IsHelpful, one!.HelpfulCount, one.IsHelpful));
        Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("helpful")]
    public async Task The_list_goes_on_where_it_ended(string order)
    {
        var test = await app.HasTestOf(["essay"]);
        List<Guid> shared = [];
        for (int n = 1; n <= ReadSharedAnswers.PageSize + 2; n++)
        {
            var id = (await app.Shares(Ada, await app.Writes(Ada, test, $"Answer {n}"))).Id;
            await app.Run("UPDATE shared_answers SET helpful_count = $2 WHERE id = $1", id, n / 3);
            shared.Add(id);
        }

        string url = $"/api/questions/{test.QuestionIds[0]}/shared-answers?order={order}";
        var first = await app.As(Ada).GetFromJsonAsync<ReadSharedAnswers.Page>(url, Speaking.Json, Ct);
        var second = await app.As(Ada).GetFromJsonAsync<ReadSharedAnswers.Page>($"{url}&before={first!.Older}", Speaking.Json, Ct);

        Assert.Equal((ReadSharedAnswers.PageSize, 2, null), (first.Answers.Count, second!.Answers.Count, second.Older));
        Assert.Equal(shared.AsEnumerable().Reverse(), first.Answers.Concat(second.Answers).Select(answer => answer.Id));
    }

    [Fact]
    public async Task Points_are_shown_as_soon_as_a_trait_is_evaluated_and_only_where_its_learner_sees_them()
    {
        var essay = await app.HasEssay();
        var hidden = await app.HasEssay(new() { ShowScore = false });
        const string traits = """[{"name": "content", "score": 2, "max": 3, "why": "Two points of three."}, {"name": "style", "max": 2}]""";
        await app.Run("UPDATE answers SET traits = $3::jsonb WHERE attempt_id IN ($1, $2)", essay.AttemptId, hidden.AttemptId, traits);

        var shown = await app.Shares(Ada, essay);
        var withheld = await app.Shares(Ada, hidden);

        Assert.Equal(("content", 2.0), shown.Traits.Select(trait => (trait.Name, trait.Score!.Value)).Single());
        Assert.Empty(withheld.Traits);
    }
}
