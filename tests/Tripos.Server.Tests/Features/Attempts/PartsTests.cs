using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>Tests in parts: Reading has questions 1 and 2 and ten minutes, Listening has question 3 and no clock.</summary>
public sealed class PartsTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Nothing_is_open_until_the_first_part_is_opened()
    {
        var attempt = await StartsAsync();

        var player = await PlayerAsync(attempt);
        Assert.Empty(player.GetProperty("items").EnumerateArray());
        Assert.Equal(["Reading", "Listening"], player.GetProperty("parts").EnumerateArray().Select(part => part.GetProperty("title").GetString()!));
        await AssertProblem("answer-late", await app.Saves(Ada, attempt, 1, "a"));

        var opened = await (await app.OpensPart(Ada, attempt, 1)).Content.ReadFromJsonAsync<OpenPart.Opened>(Cancel);

        Assert.Equal(TimeSpan.FromMinutes(10), opened!.DeadlineAt - opened.StartedAt);
        Assert.Equal([1, 2], (await PlayerAsync(attempt)).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("position").GetInt32()));
        Assert.Equal(HttpStatusCode.OK, (await app.Saves(Ada, attempt, 1, "a")).StatusCode);
        await AssertProblem("answer-late", await app.Saves(Ada, attempt, 3, "a"));
    }

    [Fact]
    public async Task Opening_the_next_part_closes_the_one_before_for_good()
    {
        var attempt = await StartsAsync();
        await app.OpensPart(Ada, attempt, 1);
        await app.OpensPart(Ada, attempt, 2);

        await AssertProblem("answer-late", await app.Saves(Ada, attempt, 2, "a"));
        await AssertProblem("part-order", await app.OpensPart(Ada, attempt, 1));
        Assert.Equal(HttpStatusCode.OK, (await app.Saves(Ada, attempt, 3, "a")).StatusCode);
    }

    [Fact]
    public async Task Parts_are_opened_in_order_and_opening_one_twice_does_not_restart_its_clock()
    {
        var attempt = await StartsAsync();

        await AssertProblem("part-order", await app.OpensPart(Ada, attempt, 2));
        await AssertProblem("part-order", await app.OpensPart(Ada, attempt, 9));
        var both = await Task.WhenAll(app.OpensPart(Ada, attempt, 1), app.OpensPart(Ada, attempt, 1));
        var opened = await Task.WhenAll(both.Select(reply => reply.Content.ReadFromJsonAsync<OpenPart.Opened>(Cancel)));

        Assert.Equal(opened[0]!.StartedAt, opened[1]!.StartedAt, TimeSpan.FromMilliseconds(1));
    }

    [Theory]
    [InlineData(-60, -90, HttpStatusCode.OK)] // given in time, arrived within the grace of two minutes
    [InlineData(-60, -30, HttpStatusCode.Conflict)] // given after the part's time was up
    [InlineData(-300, -310, HttpStatusCode.Conflict)] // given in time, but the grace is over
    public async Task The_grace_of_a_part_is_that_of_the_test(int deadlineSeconds, int answeredSeconds, HttpStatusCode expected)
    {
        var attempt = await StartsAsync();
        await app.OpensPart(Ada, attempt, 1);
        await app.Run("UPDATE attempts SET part_deadline_at = now() + make_interval(secs => $2) WHERE id = $1", attempt, (double)deadlineSeconds);

        var reply = await app.Saves(Ada, attempt, 1, "a", answeredAt: DateTimeOffset.UtcNow.AddSeconds(answeredSeconds));

        Assert.Equal(expected, reply.StatusCode);
    }

    [Fact]
    public async Task An_attempt_without_parts_has_none_to_open() =>
        await AssertProblem("no-parts", await app.OpensPart(Ada, await app.Starts(Ada, await app.HasTest()), 1));

    [Fact]
    public async Task Somebody_else_does_not_find_the_attempt() =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.OpensPart(Otto, await StartsAsync(), 1)).StatusCode);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Guid> StartsAsync() => await app.Starts(Ada, await app.HasTestInParts(("Reading", 2, 600_000), ("Listening", 1, null)));

    private async Task<JsonElement> PlayerAsync(Guid attempt) => await app.As(Ada).GetFromJsonAsync<JsonElement>($"/api/attempts/{attempt}", Cancel);

    private static async Task AssertProblem(string code, HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.EndsWith($"/{code}", (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("type").GetString(), StringComparison.Ordinal);
    }
}
