using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Authoring.Rubrics;

public sealed class RubricTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_author_makes_a_rubric_and_changes_it_in_versions()
    {
        var made = await Saves(HttpMethod.Post, "/api/rubrics", Essay());
        int id = made["id"]!.GetValue<int>();

        var changed = await Saves(HttpMethod.Put, $"/api/rubrics/{id}", Essay(basedOn: 1, firstMax: 6));

        Assert.Equal((1, 2), (made["number"]!.GetValue<int>(), changed["number"]!.GetValue<int>()));
        Assert.Equal(6, changed["traits"]![0]!["max"]!.GetValue<double>());
        Assert.Equal(2, await app.Value<long>("SELECT count(*) FROM rubric_versions WHERE rubric_id = $1", id));
    }

    [Fact]
    public async Task Saving_the_same_again_makes_no_version()
    {
        var made = await Saves(HttpMethod.Post, "/api/rubrics", Essay());

        var same = await Saves(HttpMethod.Put, $"/api/rubrics/{made["id"]}", Essay(basedOn: 1));

        Assert.Equal(1, same["number"]!.GetValue<int>());
    }

    [Fact]
    public async Task Of_two_who_save_at_once_the_second_is_told()
    {
        var made = await Saves(HttpMethod.Post, "/api/rubrics", Essay());
        await Saves(HttpMethod.Put, $"/api/rubrics/{made["id"]}", Essay(basedOn: 1, firstMax: 6));

        var reply = await app.As(Tess).PutAsJsonAsync($"/api/rubrics/{made["id"]}", Essay(basedOn: 1, firstMax: 7), Ct);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
        Assert.Contains("rubric-changed", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 5.0, null, "Name")]
    [InlineData("Essay", 0.0, null, "Trait 1 needs more than 0")]
    [InlineData("Essay", 5.0, -1.0, "such a weight")]
    public async Task What_is_missing_is_named(string name, double max, double? weight, string remedy)
    {
        var reply = await app.As(Tess).PostAsJsonAsync("/api/rubrics", new { name, traits = new[] { new { name = "content", title = "Content", max, weight } } }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(remedy, await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rubrics_are_for_authors()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/api/rubrics", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/rubrics", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_page_shows_built_in_rubrics_and_starts_a_copy_of_one()
    {
        string list = await app.As(Tess).GetStringAsync("/rubrics", Ct);
        string copy = await app.As(Tess).GetStringAsync("/rubrics/new?from=Prompt%20draft", Ct);

        Assert.Contains("Clarity, Constraints, Iteration, Choice of tool", list, StringComparison.Ordinal);
        Assert.Contains("value=\"My Prompt draft\"", copy, StringComparison.Ordinal);
        Assert.Contains("value=\"Choice of tool\"", copy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_editor_puts_the_traits_of_a_rubric_into_a_question_with_their_weights()
    {
        var made = await Saves(HttpMethod.Post, "/api/rubrics", Essay(name: $"Essay {Guid.CreateVersion7()}"));
        using Visit visit = new(app.As(Tess));

        var reply = await visit.PostAsync("/questions/new?kind=essay", "question", ("do", "use-rubric"), ("useRubric", $"{made["id"]}"));

        string html = await reply.Content.ReadAsStringAsync(Ct);
        Assert.Contains("name=\"rubric[1].title\" id=\"rubric[1].title\"", html.Replace("id=\"rubric[1].title\" name=\"rubric[1].title\"", "name=\"rubric[1].title\" id=\"rubric[1].title\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("value=\"Language\"", html, StringComparison.Ordinal);
        Assert.Contains("value=\"2\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archived_rubric_is_off_the_lists()
    {
        var made = await Saves(HttpMethod.Post, "/api/rubrics", Essay());

        var reply = await app.As(Tess).DeleteAsync($"/api/rubrics/{made["id"]}", Ct);

        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
        var all = await app.As(Tess).GetFromJsonAsync<JsonArray>("/api/rubrics", Ct);
        Assert.DoesNotContain(all!, rubric => rubric!["id"]!.GetValue<int>() == made["id"]!.GetValue<int>());
    }

    private static object Essay(int? basedOn = null, double firstMax = 5, string name = "Essay") => new
    {
        name,
        basedOn,
        traits = new object[] { new { name = "content", title = "Content", max = firstMax, guide = "Says something" }, new { name = "language", title = "Language", max = 3, weight = 2 } },
    };

    private async Task<JsonNode> Saves(HttpMethod method, string url, object rubric)
    {
        using HttpRequestMessage request = new(method, url) { Content = JsonContent.Create(rubric) };
        var reply = await app.As(Tess).SendAsync(request, Ct);
        string text = await reply.Content.ReadAsStringAsync(Ct);
        Assert.True(reply.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize<JsonNode>(text)!;
    }
}
