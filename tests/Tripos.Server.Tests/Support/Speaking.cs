using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tripos.Questions;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Features.Recordings;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about media, spoken questions and recordings.</summary>
public static class Speaking
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A part of a recording, with its checksum.</summary>
    public static ByteArrayContent Chunk(byte[] bytes, byte[]? announced = null)
    {
        ByteArrayContent content = new(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.Add("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(announced ?? bytes))}:");
        return content;
    }

    public static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    extension(TriposApp app)
    {
        /// <summary>Uploads a file to the library and returns its id.</summary>
        public async Task<Guid> HasPicture() => (await app.HasMedia(Sounds.Drawing($"{Guid.CreateVersion7()}"), "drawing.svg")).Id;

        public async Task<LibraryFile> HasMedia(byte[] content, string fileName, string? title = null, string? tags = null)
        {
            var reply = await app.UploadsMedia(Tess, content, fileName, title, tags);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<LibraryFile>(Json, Ct))!;
        }

        public Task<HttpResponseMessage> UploadsMedia(Person person, byte[] content, string fileName, string? title = null, string? tags = null)
        {
            MultipartFormDataContent form = new() { { new ByteArrayContent(content), "file", fileName } };
            foreach (var (name, value) in new[] { ("title", title), ("tags", tags) })
            {
                if (value is not null)
                {
                    form.Add(new StringContent(value), name);
                }
            }

            return app.As(person).PostAsync("/api/media", form, Ct);
        }

        /// <summary>A test whose first question is spoken and whose second is not.</summary>
        public async Task<Guid> HasSpeakingTest(int answerMs = 40_000)
        {
            var id = Guid.CreateVersion7();
            await app.Run("INSERT INTO tests (id, title, type) VALUES ($1, 'Speaking', 'exam')", id);
            Spoken spoken = new() { Prompt = $"Say something {id}", Timing = new() { AnswerMs = answerMs } };
            foreach (var (position, body) in new (short, QuestionBody)[] { (1, spoken), (2, Exams.Choice("Choose", "a")) })
            {
                var (questionId, _) = await app.HasQuestion(body);
                await app.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", id, position, questionId);
            }

            return id;
        }

        /// <summary>Starts an attempt at such a test.</summary>
        public async Task<Guid> StartsSpeaking(Person learner, int answerMs = 40_000) =>
            await app.Starts(learner, new MadeTest(await app.HasSpeakingTest(answerMs), [], []));

        public async Task<Take> StartsTake(Person learner, Guid attempt, int position, Guid? id = null, DateTimeOffset? startedAt = null)
        {
            var reply = await app.As(learner).PostAsJsonAsync($"/api/attempts/{attempt}/recordings",
                new { recordingId = id, position, mediaType = "audio/wav", startedAt }, Ct);
            Assert.True(reply.IsSuccessStatusCode, await reply.Content.ReadAsStringAsync(Ct));
            return (await reply.Content.ReadFromJsonAsync<Take>(Json, Ct))!;
        }

        public Task<HttpResponseMessage> SendsChunk(Person learner, Guid attempt, Guid recording, int number, byte[] bytes, byte[]? announced = null) =>
            app.As(learner).PutAsync($"/api/attempts/{attempt}/recordings/{recording}/chunks/{number}", Chunk(bytes, announced), Ct);

        public Task<HttpResponseMessage> CompletesTake(Person learner, Guid attempt, Guid recording, int chunks, byte[] whole, int durationMs = 1000) =>
            app.As(learner).PostAsJsonAsync($"/api/attempts/{attempt}/recordings/{recording}/completion", new { chunks, durationMs, sha256 = HashOf(whole) }, Ct);

        /// <summary>A whole take in one chunk; returns its id.</summary>
        public async Task<Guid> Records(Person learner, Guid attempt, int position, byte[]? sound = null)
        {
            sound ??= Sounds.Beep();
            var take = await app.StartsTake(learner, attempt, position);
            (await app.SendsChunk(learner, attempt, take.RecordingId, 1, sound)).EnsureSuccessStatusCode();
            (await app.CompletesTake(learner, attempt, take.RecordingId, 1, sound)).EnsureSuccessStatusCode();
            return take.RecordingId;
        }
    }
}
