using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

/// <summary>Highlights: kept once however often they are sent, changed and removed by their learner alone, and only while the attempt is open.</summary>
public sealed class AnnotationTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_highlight_sent_twice_is_there_once_and_can_be_changed()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        var id = await app.HasMarked(Ada, attempt);

        await app.Marks(Ada, attempt, id, Highlights.Some);
        await app.Marks(Ada, attempt, id, new { position = 1, passage = "prompt", first = 0, last = 8, text = "Question", colour = "pink", comment = "Now I see" });

        var mark = Assert.Single(await app.MarksOf(Ada, attempt));
        Assert.Equal((id, "pink", "Now I see", 0, 8, "Question"), (
            mark.GetProperty("id").GetGuid(), mark.GetProperty("colour").GetString(), mark.GetProperty("comment").GetString(),
            mark.GetProperty("first").GetInt32(), mark.GetProperty("last").GetInt32(), mark.GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_change_that_arrives_late_does_not_replace_a_newer_one()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await app.Marks(Ada, attempt, id, With("green", "newer", now.AddSeconds(-10)));

        await app.Marks(Ada, attempt, id, With("blue", "older", now.AddSeconds(-20)));

        Assert.Equal("newer", Assert.Single(await app.MarksOf(Ada, attempt)).GetProperty("comment").GetString());
    }

    [Fact]
    public async Task A_highlight_taken_away_stays_away_and_stays_in_the_table()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        var id = await app.HasMarked(Ada, attempt);

        Assert.Equal(HttpStatusCode.NoContent, (await app.Unmarks(Ada, attempt, id)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await app.Unmarks(Ada, attempt, id)).StatusCode);
        var late = await app.Marks(Ada, attempt, id, Highlights.Some);

        Assert.Equal("/problems/annotation-removed", await TypeOf(late));
        Assert.Empty(await app.MarksOf(Ada, attempt));
        Assert.True(await app.Value<bool>("SELECT removed_at IS NOT NULL FROM annotations WHERE attempt_id = $1 AND id = $2", attempt, id));
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_them()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        var id = await app.HasMarked(Ada, attempt);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Marks(Otto, attempt, id, Highlights.Some)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Unmarks(Tess, attempt, id)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/api/attempts/{attempt}/annotations", Cancel)).StatusCode);

        Assert.Single(await app.MarksOf(Ada, attempt));
    }

    [Fact]
    public async Task They_stay_as_they_are_when_the_attempt_is_closed()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        var id = await app.HasMarked(Ada, attempt, comment: "Kept");
        await app.Submits(Ada, attempt);

        Assert.Equal("/problems/attempt-closed", await TypeOf(await app.Marks(Ada, attempt, id, Highlights.Some)));
        Assert.Equal("/problems/attempt-closed", await TypeOf(await app.Marks(Ada, attempt, Guid.CreateVersion7(), Highlights.Some)));
        Assert.Equal("/problems/attempt-closed", await TypeOf(await app.Unmarks(Ada, attempt, id)));

        Assert.Equal("Kept", Assert.Single(await app.MarksOf(Ada, attempt)).GetProperty("comment").GetString());
    }

    [Fact]
    public async Task Two_hundred_are_enough()
    {
        var attempt = await app.Starts(Ada, await app.HasTest());
        await app.Run("""
            INSERT INTO annotations (attempt_id, id, position, passage, first, last, text, colour, created_at, changed_at)
            SELECT $1, gen_random_uuid(), 1, 'prompt', 0, 1, 'Q', 'green', now(), now() FROM generate_series(1, 199)
            """, attempt);
        var last = await app.HasMarked(Ada, attempt);

        Assert.Equal("/problems/too-many-annotations", await TypeOf(await app.Marks(Ada, attempt, Guid.CreateVersion7(), Highlights.Some)));
        Assert.Equal(HttpStatusCode.OK, (await app.Marks(Ada, attempt, last, Highlights.Some)).StatusCode); // one that is there can be changed
        await app.Unmarks(Ada, attempt, last);
        Assert.Equal(HttpStatusCode.OK, (await app.Marks(Ada, attempt, Guid.CreateVersion7(), Highlights.Some)).StatusCode);
    }

    [Theory]
    [InlineData("position", """{"position": 4, "passage": "prompt", "first": 0, "last": 1, "text": "Q", "colour": "green"}""")]
    [InlineData("position", """{"position": 65537, "passage": "prompt", "first": 0, "last": 1, "text": "Q", "colour": "green"}""")]
    [InlineData("passage", """{"position": 1, "first": 0, "last": 1, "text": "Q", "colour": "green"}""")]
    [InlineData("colour", """{"position": 1, "passage": "prompt", "first": 0, "last": 1, "text": "Q"}""")]
    [InlineData("first", """{"position": 1, "passage": "code", "first": -1, "last": 1, "text": "Q", "colour": "green"}""")]
    [InlineData("last", """{"position": 1, "passage": "passage", "first": 3, "last": 3, "text": "Q", "colour": "green"}""")]
    [InlineData("text", """{"position": 1, "passage": "prompt", "first": 0, "last": 1, "text": "", "colour": "green"}""")]
    [InlineData("comment", """{"position": 1, "passage": "prompt", "first": 0, "last": 1, "text": "Q", "colour": "green", "comment": "a\u0000b"}""")]
    public async Task What_makes_no_sense_is_refused_by_the_name_of_its_field(string field, string json)
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var reply = await app.Marks(Ada, attempt, Guid.CreateVersion7(), JsonSerializer.Deserialize<JsonElement>(json));

        var problem = await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal(("/problems/bad-annotation", field), (problem.GetProperty("type").GetString(), problem.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("""{"position": 1, "passage": "margin", "first": 0, "last": 1, "text": "Q", "colour": "green"}""")]
    [InlineData("""{"position": 1, "passage": "prompt", "first": 0, "last": 1, "text": "\ud800", "colour": "green"}""")]
    public async Task What_is_no_highlight_at_all_is_a_bad_request(string json)
    {
        var attempt = await app.Starts(Ada, await app.HasTest());

        var reply = await app.As(Ada).PutAsync($"/api/attempts/{attempt}/annotations/{Guid.CreateVersion7()}", new StringContent(json, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")), Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static object With(string colour, string comment, DateTimeOffset changedAt) =>
        new { position = 1, passage = "prompt", first = 0, last = 8, text = "Question", colour, comment, changedAt };

    private static async Task<string?> TypeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("type").GetString();
}
