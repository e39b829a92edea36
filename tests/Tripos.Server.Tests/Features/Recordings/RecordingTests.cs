using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Recordings;

public sealed class RecordingTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly byte[] Voice = Sounds.Beep(3000, tone: 220);

    [Fact]
    public async Task A_take_sent_in_pieces_is_put_together_and_can_be_heard_by_learner_and_teacher()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        foreach (int number in new[] { 2, 1, 3 }) // the network does not keep order
        {
            (await app.SendsChunk(Ada, attempt, take.RecordingId, number, Piece(number))).EnsureSuccessStatusCode();
        }

        var reply = await app.CompletesTake(Ada, attempt, take.RecordingId, 3, Voice, durationMs: 3000);

        var done = await reply.Content.ReadFromJsonAsync<CompleteTake.Completed>(Speaking.Json, Ct);
        Assert.Equal(new(take.RecordingId, Speaking.HashOf(Voice), Voice.Length, 3000), done);
        Assert.Equal(Voice, await app.As(Ada).GetByteArrayAsync(Audio(attempt, take.RecordingId), Ct));
        Assert.Equal(Voice, await app.As(Tess).GetByteArrayAsync(Audio(attempt, take.RecordingId), Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync(Audio(attempt, take.RecordingId), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/media/{done!.Sha256}", Ct)).StatusCode);
        Assert.Equal(0, await app.Value<long>("SELECT count(*) FROM recording_chunks WHERE recording_id = $1", take.RecordingId));
    }

    [Fact]
    public async Task Starting_says_how_long_and_how_large_a_take_may_be()
    {
        var attempt = await app.StartsSpeaking(Ada, answerMs: 15_000);

        var take = await app.StartsTake(Ada, attempt, 1);
        var second = await app.StartsTake(Ada, attempt, 1);

        Assert.Equal((17_000, 256 * 1024, 1, 2), (take.LongestMs, take.LargestChunk, take.Number, second.Number));
        Assert.True(take.MostBytes >= 17 * 32_000);
    }

    [Fact]
    public async Task A_take_named_by_the_browser_is_started_once_however_often_it_is_asked_for()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var id = Guid.CreateVersion7();

        var first = await app.StartsTake(Ada, attempt, 1, id);
        var again = await app.StartsTake(Ada, attempt, 1, id);

        Assert.Equal((id, 1), (first.RecordingId, first.Number));
        Assert.Equal((id, 1), (again.RecordingId, again.Number));
    }

    [Fact]
    public async Task The_id_of_somebody_elses_take_is_no_way_to_it()
    {
        var take = await app.StartsTake(Ada, await app.StartsSpeaking(Ada), 1);
        var ottos = await app.StartsSpeaking(Otto);

        var reply = await app.As(Otto).PostAsJsonAsync($"/api/attempts/{ottos}/recordings", new { recordingId = take.RecordingId, position = 1, mediaType = "audio/wav" }, Ct);

        Assert.Equal("/problems/bad-recording", await CodeOf(reply));
    }

    [Fact]
    public async Task Many_takes_started_at_once_all_get_a_number_of_their_own()
    {
        var attempt = await app.StartsSpeaking(Ada);

        var takes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.StartsTake(Ada, attempt, 1)));

        Assert.Equal([1, 2, 3, 4], takes.Select(take => take.Number).Order());
    }

    [Fact]
    public async Task After_a_lost_network_the_server_says_what_is_here_and_what_is_missing()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(1));
        await app.SendsChunk(Ada, attempt, take.RecordingId, 3, Piece(3));

        var here = await app.As(Ada).GetFromJsonAsync<Take>($"/api/attempts/{attempt}/recordings/{take.RecordingId}", Speaking.Json, Ct);
        var early = await app.CompletesTake(Ada, attempt, take.RecordingId, 3, Voice);

        Assert.Equal([1, 3], here!.Chunks);
        var problem = await early.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal((409, "/problems/chunks-missing", 2), ((int)early.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("missing")[0].GetInt32()));
        await app.SendsChunk(Ada, attempt, take.RecordingId, 2, Piece(2));
        (await app.CompletesTake(Ada, attempt, take.RecordingId, 3, Voice, 3000)).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task The_same_chunk_twice_is_stored_once_and_another_under_its_number_is_refused()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(1));

        var again = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(1));
        var other = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(2));

        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        Assert.Equal((409, "/problems/chunk-differs"), ((int)other.StatusCode, await CodeOf(other)));
        Assert.Equal(Piece(1).Length, await app.Value<int>("SELECT byte_length FROM recordings WHERE id = $1", take.RecordingId));
    }

    [Fact]
    public async Task A_chunk_that_is_not_what_was_sent_is_refused()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        string url = $"/api/attempts/{attempt}/recordings/{take.RecordingId}/chunks/1";

        var torn = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(1), announced: Piece(2));
        var bare = await app.As(Ada).PutAsync(url, new ByteArrayContent(Piece(1)), Ct);

        Assert.Equal((400, "/problems/digest-wrong"), ((int)torn.StatusCode, await CodeOf(torn)));
        Assert.Equal((400, "/problems/digest-missing"), ((int)bare.StatusCode, await CodeOf(bare)));
    }

    [Fact]
    public async Task A_whole_that_does_not_have_its_checksum_is_not_complete()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Voice);

        var wrong = await app.CompletesTake(Ada, attempt, take.RecordingId, 1, Piece(1));
        var right = await app.CompletesTake(Ada, attempt, take.RecordingId, 1, Voice, 3000);

        Assert.Equal("/problems/digest-wrong", await CodeOf(wrong));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Completing_twice_answers_the_same_and_afterwards_nothing_can_be_added()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var recording = await app.Records(Ada, attempt, 1, Voice);

        var again = await app.CompletesTake(Ada, attempt, recording, 1, Voice);
        var late = await app.SendsChunk(Ada, attempt, recording, 2, Piece(2));
        var other = await app.CompletesTake(Ada, attempt, recording, 1, Piece(1));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal((409, "/problems/recording-finished"), ((int)late.StatusCode, await CodeOf(late)));
        Assert.Equal("/problems/recording-finished", await CodeOf(other));
    }

    [Fact]
    public async Task What_is_no_sound_is_refused_whatever_it_was_announced_as()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        byte[] page = Encoding.UTF8.GetBytes("<script>alert(1)</script>");
        await app.SendsChunk(Ada, attempt, take.RecordingId, 1, page);

        var reply = await app.CompletesTake(Ada, attempt, take.RecordingId, 1, page);
        var announced = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "video/mp4" }, Ct);

        Assert.Equal((415, "/problems/recording-unreadable"), ((int)reply.StatusCode, await CodeOf(reply)));
        Assert.Equal("/problems/recording-unreadable", await CodeOf(announced));
    }

    [Fact]
    public async Task Too_long_and_too_large_are_told_with_the_limit()
    {
        var attempt = await app.StartsSpeaking(Ada, answerMs: 1000);
        var take = await app.StartsTake(Ada, attempt, 1);
        byte[] much = new byte[take.LargestChunk];
        await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Piece(1));

        var longer = await app.CompletesTake(Ada, attempt, take.RecordingId, 1, Piece(1), durationMs: 3001);
        var chunk = await app.SendsChunk(Ada, attempt, take.RecordingId, 2, new byte[take.LargestChunk + 1]);
        var whole = await app.SendsChunk(Ada, attempt, take.RecordingId, 2, much);

        Assert.Equal((413, "/problems/recording-too-long"), ((int)longer.StatusCode, await CodeOf(longer)));
        Assert.Equal((413, "/problems/recording-too-large"), ((int)chunk.StatusCode, await CodeOf(chunk)));
        Assert.Equal((413, "/problems/recording-too-large"), ((int)whole.StatusCode, await CodeOf(whole)));
    }

    [Theory]
    [InlineData(2, 409, "recording-not-asked")]
    [InlineData(3, 404, "item-not-found")]
    [InlineData(0, 404, "item-not-found")]
    public async Task Only_a_question_that_is_spoken_can_be_recorded(int position, int status, string code)
    {
        var attempt = await app.StartsSpeaking(Ada);

        var reply = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position, mediaType = "audio/webm;codecs=opus" }, Ct);

        Assert.Equal((status, $"/problems/{code}"), ((int)reply.StatusCode, await CodeOf(reply)));
    }

    [Fact]
    public async Task A_strangers_attempt_and_even_a_teachers_learner_take_no_recordings_from_others()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);

        foreach (var other in new[] { Otto, Tess })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await app.As(other).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "audio/wav" }, Ct)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.SendsChunk(other, attempt, take.RecordingId, 1, Piece(1))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await app.CompletesTake(other, attempt, take.RecordingId, 1, Voice)).StatusCode);
        }
    }

    [Fact]
    public async Task After_submission_nothing_is_taken_any_more_and_what_is_here_can_still_be_heard()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var recording = await app.Records(Ada, attempt, 1, Voice);
        var open = await app.StartsTake(Ada, attempt, 1);
        await app.Submits(Ada, attempt);

        var chunk = await app.SendsChunk(Ada, attempt, open.RecordingId, 1, Piece(1));
        var start = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "audio/wav" }, Ct);

        Assert.Equal((409, "/problems/attempt-closed"), ((int)chunk.StatusCode, await CodeOf(chunk)));
        Assert.Equal("/problems/attempt-closed", await CodeOf(start));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Ada).GetAsync(Audio(attempt, recording), Ct)).StatusCode);
    }

    [Fact]
    public async Task A_take_that_began_in_time_may_arrive_within_the_grace()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.HasDeadline(attempt, TimeSpan.FromSeconds(-5));
        await app.Run("UPDATE recordings SET started_at = now() - interval '20 seconds' WHERE id = $1", take.RecordingId);

        var chunk = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Voice);
        var done = await app.CompletesTake(Ada, attempt, take.RecordingId, 1, Voice, 3000);
        var offline = await app.StartsTake(Ada, attempt, 1, startedAt: DateTimeOffset.UtcNow.AddSeconds(-20));
        var late = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "audio/wav" }, Ct);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK, 2), (chunk.StatusCode, done.StatusCode, offline.Number));
        Assert.Equal((409, "/problems/recording-late"), ((int)late.StatusCode, await CodeOf(late)));
    }

    [Fact]
    public async Task After_the_grace_nothing_is_taken()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var take = await app.StartsTake(Ada, attempt, 1);
        await app.HasDeadline(attempt, TimeSpan.FromMinutes(-5));
        await app.Run("UPDATE recordings SET started_at = now() - interval '6 minutes' WHERE id = $1", take.RecordingId);

        var chunk = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Voice);

        Assert.Equal("/problems/recording-late", await CodeOf(chunk));
    }

    [Fact]
    public async Task In_a_test_with_parts_a_take_begins_in_the_open_part_and_may_arrive_after_it()
    {
        var attempt = await app.StartsSpeaking(Ada);
        await app.Run("UPDATE attempts SET part = 1, part_first = 1, part_last = 1, part_started_at = now() WHERE id = $1", attempt);
        var take = await app.StartsTake(Ada, attempt, 1);

        await app.Run("UPDATE attempts SET part = 2, part_first = 2, part_last = 2, part_started_at = now() - interval '3 minutes' WHERE id = $1", attempt);
        var chunk = await app.SendsChunk(Ada, attempt, take.RecordingId, 1, Voice);
        var again = await app.StartsTake(Ada, attempt, 1, take.RecordingId);
        var late = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "audio/wav" }, Ct);
        await app.Run("UPDATE attempts SET part = 0, part_first = 0, part_last = 0, started_at = now() - interval '3 minutes' WHERE id = $1", attempt);
        var early = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings", new { position = 1, mediaType = "audio/wav" }, Ct);

        Assert.Equal((HttpStatusCode.NoContent, 1), (chunk.StatusCode, again.Chunks.Length));
        Assert.Equal("/problems/recording-late", await CodeOf(late));
        Assert.Equal("/problems/recording-late", await CodeOf(early));
    }

    [Fact]
    public async Task A_recording_is_served_in_parts()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var recording = await app.Records(Ada, attempt, 1, Voice);
        HttpRequestMessage ask = new(HttpMethod.Get, Audio(attempt, recording)) { Headers = { Range = new RangeHeaderValue(100, 199) } };

        var reply = await app.As(Ada).SendAsync(ask, Ct);

        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        Assert.Equal(Voice[100..200], await reply.Content.ReadAsByteArrayAsync(Ct));
        Assert.Equal("audio/wav", reply.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Trouble_with_the_microphone_is_kept_for_the_teacher()
    {
        var attempt = await app.StartsSpeaking(Ada);

        var reply = await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings/trouble", new { position = 1, kind = "lost", detail = "The track\nended" }, Ct);
        var strangers = await app.As(Otto).PostAsJsonAsync($"/api/attempts/{attempt}/recordings/trouble", new { position = 1, kind = "lost" }, Ct);
        var troubles = await RecordingTroubles.OfAsync(attempt, app.Sql, Ct);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NotFound), (reply.StatusCode, strangers.StatusCode));
        var trouble = Assert.Single(troubles);
        Assert.Equal((1, TroubleKind.Lost, "The track ended"), (trouble.Position, trouble.Kind, trouble.Detail));
    }

    [Fact]
    public async Task The_result_tells_teacher_and_learner_that_the_microphone_failed()
    {
        var attempt = await app.StartsSpeaking(Ada);
        await app.As(Ada).PostAsJsonAsync($"/api/attempts/{attempt}/recordings/trouble", new { position = 1, kind = "denied", detail = "NotAllowedError" }, Ct);
        await app.Submits(Ada, attempt);

        foreach (var reader in new[] { Ada, Tess })
        {
            string page = await app.As(reader).GetStringAsync($"/attempts/{attempt}/result", Ct);
            Assert.Contains("Question 1: the browser was not allowed to use the microphone", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_upload_left_alone_for_a_day_is_given_up()
    {
        var attempt = await app.StartsSpeaking(Ada);
        var left = await app.StartsTake(Ada, attempt, 1);
        var fresh = await app.StartsTake(Ada, attempt, 1);
        await app.SendsChunk(Ada, attempt, left.RecordingId, 1, Piece(1));
        await app.SendsChunk(Ada, attempt, fresh.RecordingId, 1, Piece(1));
        await app.Run("UPDATE recordings SET changed_at = now() - interval '25 hours' WHERE id = $1", left.RecordingId);

        await GiveUpUploads.RunAsync(app.Sql, app.Services.GetRequiredService<TimeProvider>(), Ct);

        var takes = await app.As(Ada).GetFromJsonAsync<Take[]>($"/api/attempts/{attempt}/recordings", Speaking.Json, Ct);
        Assert.Equal([(RecordingState.Failed, 0), (RecordingState.Uploading, 1)], takes!.Select(take => (take.State, take.Chunks.Length)));
        Assert.Equal("/problems/recording-finished", await CodeOf(await app.SendsChunk(Ada, attempt, left.RecordingId, 2, Piece(2))));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static byte[] Piece(int number) => Voice[((number - 1) * 8000)..(number == 3 ? Voice.Length : number * 8000)];

    private static string Audio(Guid attempt, Guid recording) => $"/api/attempts/{attempt}/recordings/{recording}/audio";

    private static async Task<string?> CodeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString();
}
