using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>Immediate feedback in practice.</summary>
public sealed class CheckAnswerTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Theory]
    [InlineData("single-choice")]
    [InlineData("pte-write-from-dictation")]
    [InlineData("ordering")]
    public async Task Practice_shows_the_right_answer_of_one_question_at_once(string kind)
    {
        var attempt = await app.StartsPractice(Ada, kind);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer(kind));

        var feedback = await (await ChecksAsync(attempt)).Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.True(feedback.GetProperty("correct").GetBoolean());
        Assert.Equal(1, feedback.GetProperty("points").GetSingle());
    }

    [Fact]
    public async Task An_answer_that_was_checked_stays_as_it_is()
    {
        var attempt = await app.StartsPractice(Ada);
        await app.Answers(Ada, attempt, 1, """{"chosen": ["b"]}""");
        Assert.False((await (await ChecksAsync(attempt)).Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("correct").GetBoolean());

        var cheat = await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("single-choice"), sequence: 2);

        Assert.Equal(HttpStatusCode.Conflict, cheat.StatusCode);
        Assert.Equal("b", await app.ChosenAt(attempt, 1));
        Assert.Equal(HttpStatusCode.OK, (await ChecksAsync(attempt)).StatusCode); // looking again is fine
        await app.Submits(Ada, attempt);
        Assert.Equal(0, await app.Value<float>("SELECT points FROM attempts WHERE id = $1", attempt));
    }

    [Fact]
    public async Task Without_an_answer_there_is_nothing_to_check() =>
        Assert.Contains("nothing-to-check", await (await ChecksAsync(await app.StartsPractice(Ada))).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(65_537)] // 1, if it were cut to 16 bits
    public async Task A_question_that_is_not_there_cannot_be_checked(int position)
    {
        var attempt = await app.StartsPractice(Ada);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("single-choice"));

        var reply = await app.As(Ada).PutAsync($"/api/attempts/{attempt}/answers/{position}/feedback", null, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        Assert.False(await app.Value<bool>("SELECT bool_or(checked_at IS NOT NULL) FROM answers WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task An_exam_never_shows_it()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Saves(Ada, attempt, 1, "a");

        var reply = await ChecksAsync(attempt);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Contains("no-feedback", await reply.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<HttpResponseMessage> ChecksAsync(Guid attempt) => app.As(Ada).PutAsync($"/api/attempts/{attempt}/answers/1/feedback", null, Cancel);
}
