using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>The engine carries every kind: served without its key, saved, scored, open where nobody can decide yet.</summary>
public sealed class EveryKindTests(TriposApp app) : IClassFixture<TriposApp>
{
    public static TheoryData<string> Kinds => [.. QuestionKinds.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_body_of_the_tests_can_be_played_and_read_back(string kindName)
    {
        var kind = QuestionKinds.Find(kindName);
        var body = Bodies.Of(kindName);

        Assert.Empty(kind.Faults(body));
        Assert.Equal(kind.WriteBody(body), kind.WriteBody(kind.ReadBody(kind.WriteBody(body))));
        Assert.Null(kind.FaultOf(body, JsonSerializer.Deserialize<JsonElement>(Bodies.RightAnswer(kindName))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_right_answer_earns_every_point_that_can_be_decided(string kindName)
    {
        var attempt = await app.Starts(Ada, await app.HasTestOf([kindName]));
        Assert.Equal(HttpStatusCode.OK, (await app.Answers(Ada, attempt, 1, Bodies.RightAnswer(kindName))).StatusCode);
        await app.Submits(Ada, attempt);

        var result = await ResultAsync(attempt);

        bool unscored = kindName == "description";
        bool free = QuestionKinds.Find(kindName).Interaction is "written" or "spoken" or "code";
        Assert.Equal(unscored ? 0f : 1f, result.GetProperty("pointsMax").GetSingle(), 0.001f);
        Assert.Equal(unscored ? 0f : 1f, result.GetProperty("points").GetSingle() + result.GetProperty("pointsOpen").GetSingle(), 0.001f);
        Assert.Equal(free, result.GetProperty("pointsOpen").GetSingle() > 0);
    }

    [Fact]
    public async Task What_waits_for_an_evaluator_is_neither_earned_nor_lost()
    {
        var attempt = await app.Starts(Ada, await app.HasTestOf(["single-choice", "essay", "description"], passMark: 60));
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("single-choice"));
        await app.Answers(Ada, attempt, 2, Bodies.RightAnswer("essay"));
        await app.Submits(Ada, attempt);

        var result = await ResultAsync(attempt);

        Assert.Equal((1f, 2f, 1f), (result.GetProperty("points").GetSingle(), result.GetProperty("pointsMax").GetSingle(), result.GetProperty("pointsOpen").GetSingle()));
        Assert.Equal(100, result.GetProperty("percent").GetSingle());
        Assert.Equal(JsonValueKind.Null, result.GetProperty("passed").ValueKind); // 50 % at worst, 100 % at best
        var essay = result.GetProperty("review")[1];
        Assert.Equal(JsonValueKind.Null, essay.GetProperty("correct").ValueKind);
        Assert.All(essay.GetProperty("traits").EnumerateArray(), trait => Assert.False(trait.TryGetProperty("score", out var score) && score.ValueKind == JsonValueKind.Number));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task The_learner_is_served_no_key(string kindName)
    {
        var attempt = await app.Starts(Ada, await app.HasTestOf([kindName], new TestPolicy { ShuffleOptions = true }));

        var item = (await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}", TestContext.Current.CancellationToken)).GetProperty("items")[0];

        string body = item.GetProperty("body").GetRawText();
        foreach (string secret in (string[])["\"key\"", "accepted\":[\"", "What is said", "model answer", "One point", "closes early", "\"value\"", "The tower"])
        {
            Assert.DoesNotContain(secret, body, StringComparison.OrdinalIgnoreCase);
        }
    }

    private Task<JsonElement> ResultAsync(Guid attempt) => app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", TestContext.Current.CancellationToken);
}
