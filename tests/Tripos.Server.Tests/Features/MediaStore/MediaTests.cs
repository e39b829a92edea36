using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Tripos.Questions;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.MediaStore;

public sealed class MediaTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_sound_comes_back_as_it_was_with_its_hash_as_address_and_tag()
    {
        byte[] beep = Sounds.Beep(1500, tone: 300);
        var file = await app.HasMedia(beep, "beep.wav");

        var reply = await app.As(Ada).GetAsync(file.Url, Ct);

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Equal(beep, await reply.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal($"/media/{Speaking.HashOf(beep)}", file.Url);
        Assert.Equal($"\"{file.Sha256}\"", reply.Headers.ETag!.Tag);
        Assert.Equal("audio/wav", reply.Content.Headers.ContentType!.MediaType);
        Assert.Equal((TimeSpan.FromDays(365), true), (reply.Headers.CacheControl!.MaxAge, reply.Headers.CacheControl.Private));
        Assert.Contains(reply.Headers.CacheControl.Extensions, extension => extension.Name == "immutable");
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(("beep", 1500), (file.Title, file.DurationMs));
    }

    [Fact]
    public async Task Content_of_several_pieces_is_served_in_parts_across_their_borders()
    {
        byte[] beep = Sounds.Beep(ms: 90_000);
        var file = await app.HasMedia(beep, "long.wav");
        HttpRequestMessage ask = new(HttpMethod.Get, file.Url) { Headers = { Range = new RangeHeaderValue(MediaContent.ChunkBytes - 10, MediaContent.ChunkBytes + 9) } };

        var reply = await app.As(Ada).SendAsync(ask, Ct);

        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal($"bytes 262134-262153/{beep.Length}", reply.Content.Headers.ContentRange!.ToString());
        Assert.Equal(beep[(MediaContent.ChunkBytes - 10)..(MediaContent.ChunkBytes + 10)], await reply.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task A_part_behind_the_end_is_refused()
    {
        var file = await app.HasMedia(Sounds.Beep(200), "short.wav");
        HttpRequestMessage ask = new(HttpMethod.Get, file.Url) { Headers = { Range = new RangeHeaderValue(1_000_000, null) } };

        var reply = await app.As(Ada).SendAsync(ask, Ct);

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, reply.StatusCode);
    }

    [Fact]
    public async Task A_browser_that_has_it_is_told_so()
    {
        var file = await app.HasMedia(Sounds.Beep(300), "known.wav");
        HttpRequestMessage ask = new(HttpMethod.Get, file.Url) { Headers = { IfNoneMatch = { new EntityTagHeaderValue($"\"{file.Sha256}\"") } } };

        Assert.Equal(HttpStatusCode.NotModified, (await app.As(Ada).SendAsync(ask, Ct)).StatusCode);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("zzzz000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("short")]
    public async Task What_is_not_there_is_not_found(string hash) =>
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync($"/media/{hash}", Ct)).StatusCode);

    [Fact]
    public async Task Nobody_who_is_not_signed_in_gets_anything()
    {
        var file = await app.HasMedia(Sounds.Beep(310), "private.wav");

        Assert.NotEqual(HttpStatusCode.OK, (await app.Anonymous().GetAsync(file.Url, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_drawing_loses_what_runs_and_keeps_what_shows()
    {
        byte[] drawing = Encoding.UTF8.GetBytes("""
            <?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="40" height="30" onload="alert(1)">
            <script>alert(2)</script><a href="javascript:alert(3)"><text>linked</text></a><rect width="4" height="4" onclick="alert(4)" fill="url(https://evil.example/x)"/>
            <foreignObject><iframe src="https://evil.example"/></foreignObject><circle r="3" fill="red"/></svg>
            """);

        var file = await app.HasMedia(drawing, "chart.svg");

        string shown = await app.As(Ada).GetStringAsync(file.Url, Ct);
        Assert.Contains("<circle r=\"3\" fill=\"red\"", shown, StringComparison.Ordinal);
        foreach (string gone in new[] { "script", "alert", "evil", "onload", "onclick", "foreignObject", "javascript" })
        {
            Assert.DoesNotContain(gone, shown, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal((40, 30), (file.Width, file.Height));
    }

    [Theory]
    [InlineData("MZ and the rest of a program", "song.mp3", 415, "media-unsupported")]
    [InlineData("<html><script>alert(1)</script></html>", "page.svg", 415, "media-unsupported")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><g></svg>", "torn.svg", 400, "media-bad-svg")]
    [InlineData("", "empty.png", 400, "media-empty")]
    public async Task What_it_holds_counts_and_not_what_it_is_called(string content, string name, int status, string code)
    {
        var reply = await app.UploadsMedia(Tess, Encoding.UTF8.GetBytes(content), name);

        Assert.Equal(status, (int)reply.StatusCode);
        Assert.Equal($"/problems/{code}", await CodeOf(reply));
    }

    [Fact]
    public async Task A_picture_over_five_megabytes_is_refused_with_the_limit()
    {
        byte[] huge = new byte[StoreMedia.LargestPicture + 1];
        (huge[0], huge[1], huge[2], huge[3], huge[4], huge[5], huge[6], huge[7]) = (0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10);

        var reply = await app.UploadsMedia(Tess, huge, "huge.png");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Contains("up to 5 MB", await reply.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_content_is_kept_once_with_what_was_said_about_it_first()
    {
        byte[] beep = Sounds.Beep(400, tone: 500);
        var first = await app.HasMedia(beep, "one.wav", title: "A tone");

        var second = await app.HasMedia(beep, "two.wav", title: "Another");

        Assert.Equal((first.Id, "A tone"), (second.Id, second.Title));
    }

    [Fact]
    public async Task Learners_may_not_upload_nor_look_at_the_library()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await app.UploadsMedia(Ada, Sounds.Beep(), "a.wav")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/api/media", Ct)).StatusCode);
    }

    [Fact]
    public async Task The_library_is_searched_by_title_tag_and_kind_and_read_page_by_page()
    {
        string word = $"w{Guid.NewGuid():n}";
        for (int n = 0; n <= ReadLibrary.PageSize; n++)
        {
            await app.HasMedia(Sounds.Drawing($"{word} {n}"), "d.svg", title: $"Drawing {word}");
        }

        await app.HasMedia(Sounds.Beep(77, tone: 700), "b.wav", title: "Tagged", tags: $"{word},other");
        await app.HasMedia(Sounds.Beep(78, tone: 701), "b.wav", title: $"Sound {word}");

        var all = await PageAsync($"find={word}");
        var rest = await PageAsync($"find={word}&before={all.Older}");
        var sounds = await PageAsync($"find={word}&kind=audio");

        Assert.Equal((ReadLibrary.PageSize, 3), (all.Files.Count, rest.Files.Count));
        Assert.Null(rest.Older);
        Assert.Empty(all.Files.Select(f => f.Id).Intersect(rest.Files.Select(f => f.Id)));
        Assert.Equal([$"Sound {word}", "Tagged"], sounds.Files.Select(f => f.Title));
    }

    [Fact]
    public async Task What_is_said_about_a_file_can_be_changed_in_part()
    {
        var file = await app.HasMedia(Sounds.Drawing($"{Guid.NewGuid()}"), "d.svg", title: "Before");

        var reply = await app.As(Tess).PatchAsJsonAsync($"/api/media/{file.Id}", new { altText = "A word in a box" }, Ct);

        var changed = await reply.Content.ReadFromJsonAsync<LibraryFile>(Speaking.Json, Ct);
        Assert.Equal(("Before", "A word in a box"), (changed!.Title, changed.AltText));
        Assert.Equal("/problems/invalid", await CodeOf(await app.As(Tess).PatchAsJsonAsync($"/api/media/{file.Id}", new { title = " " }, Ct)));
    }

    [Fact]
    public async Task A_file_that_a_question_uses_says_so_and_stays()
    {
        var file = await app.HasMedia(Sounds.Beep(500, tone: 600), "prompt.wav");
        var (questionId, _) = await app.HasQuestion(Exams.Choice("What do you hear?", "a") with { Audio = new(file.Sha256, file.MediaType) });

        var detail = await app.As(Tess).GetFromJsonAsync<ReadLibrary.Detail>($"/api/media/{file.Id}", Speaking.Json, Ct);
        var refused = await app.As(Tess).DeleteAsync($"/api/media/{file.Id}", Ct);

        Assert.Equal(new ReadLibrary.Use(questionId, "What do you hear?"), Assert.Single(detail!.UsedBy));
        Assert.Equal(1, detail.File.Uses);
        Assert.Equal("/problems/media-in-use", await CodeOf(refused));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Ada).GetAsync(file.Url, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_file_nobody_uses_can_be_removed_with_its_bytes()
    {
        var file = await app.HasMedia(Sounds.Beep(510, tone: 610), "gone.wav");

        (await app.As(Tess).DeleteAsync($"/api/media/{file.Id}", Ct)).EnsureSuccessStatusCode();

        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Ada).GetAsync(file.Url, Ct)).StatusCode);
        Assert.Equal(0, await app.Value<long>("SELECT count(*) FROM media_chunks WHERE encode(sha256, 'hex') = $1", file.Sha256));
    }

    [Fact]
    public async Task The_library_page_takes_a_file_and_shows_it()
    {
        using var browser = await app.InBrowserOf(Tess);
        string page = await (await browser.GetAsync("/media")).Content.ReadAsStringAsync(Ct);
        MultipartFormDataContent form = new() { { new ByteArrayContent(Sounds.Drawing($"{Guid.NewGuid()}")), "file", "My chart.svg" } };
        foreach (var pair in (await Visit.Form(page, "upload", ("Form.AltText", "Three bars")).ReadAsStringAsync(Ct)).Split('&').Select(p => p.Split('=')))
        {
            form.Add(new StringContent(WebUtility.UrlDecode(pair[1])), WebUtility.UrlDecode(pair[0]));
        }

        var reply = await browser.SendAsync(new(HttpMethod.Post, "/media") { Content = form });

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        string shown = await (await browser.GetAsync(reply.Headers.Location!.ToString())).Content.ReadAsStringAsync(Ct);
        Assert.Contains("<h1>My chart</h1>", shown, StringComparison.Ordinal);
        Assert.Contains("alt=\"Three bars\"", shown, StringComparison.Ordinal);
        Assert.Contains("My chart", await (await browser.GetAsync("/media?find=chart")).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task<ReadLibrary.Page> PageAsync(string query) => (await app.As(Tess).GetFromJsonAsync<ReadLibrary.Page>($"/api/media?{query}", Speaking.Json, Ct))!;

    private static async Task<string?> CodeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString();
}
