using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>A program can sit a test from beginning to end through the API alone.</summary>
public sealed class AttemptJsonTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Questions_are_readable_without_their_keys_and_the_result_with_them()
    {
        var attempt = await app.Starts(Ada, await app.HasTest(questions: 2));

        var open = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}", Ct);
        foreach (var item in open.GetProperty("items").EnumerateArray())
        {
            string option = item.GetProperty("options")[0].GetProperty("id").GetString()!;
            (await app.Saves(Ada, attempt, item.GetProperty("position").GetInt32(), option, item.GetProperty("sequence").GetInt32() + 1)).EnsureSuccessStatusCode();
        }

        await app.Submits(Ada, attempt);
        var result = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", Ct);

        Assert.DoesNotContain("key", open.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Because of A", open.ToString(), StringComparison.Ordinal);
        Assert.Equal("single-choice", open.GetProperty("items")[0].GetProperty("kind").GetString());
        Assert.Equal(100, result.GetProperty("percent").GetSingle());
        Assert.Equal("a", result.GetProperty("review")[0].GetProperty("key")[0].GetString());
    }

    [Fact]
    public async Task A_hidden_score_is_null_for_programs_too()
    {
        var attempt = await app.Sits(Ada, await app.HasTest(policy: new TestPolicy { ShowScore = false, ShowAnswers = false }), "a");

        var result = await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}/result", Ct);

        Assert.Equal(JsonValueKind.Null, result.GetProperty("percent").ValueKind);
        Assert.Equal(JsonValueKind.Null, result.GetProperty("review")[0].GetProperty("key").ValueKind);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
