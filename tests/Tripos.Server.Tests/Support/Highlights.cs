using System.Net.Http.Json;
using System.Text.Json;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about highlights.</summary>
public static class Highlights
{
    /// <summary>A highlight that any attempt at a made test takes.</summary>
    public static readonly object Some = new { position = 1, passage = "prompt", first = 0, last = 8, text = "Question", colour = "yellow", comment = "Look again" };

    extension(TriposApp app)
    {
        public Task<HttpResponseMessage> Marks(Person learner, Guid attempt, Guid id, object highlight) =>
            app.As(learner).PutAsJsonAsync($"/api/attempts/{attempt}/annotations/{id}", highlight, TestContext.Current.CancellationToken);

        public Task<HttpResponseMessage> Unmarks(Person learner, Guid attempt, Guid id) =>
            app.As(learner).DeleteAsync($"/api/attempts/{attempt}/annotations/{id}", TestContext.Current.CancellationToken);

        /// <summary>A highlight of the first word, stored.</summary>
        public async Task<Guid> HasMarked(Person learner, Guid attempt, string colour = "yellow", string comment = "", int position = 1)
        {
            var id = Guid.CreateVersion7();
            (await app.Marks(learner, attempt, id, new { position, passage = "prompt", first = 0, last = 8, text = "Question", colour, comment })).EnsureSuccessStatusCode();
            return id;
        }

        public async Task<List<JsonElement>> MarksOf(Person learner, Guid attempt) =>
            (await app.As(learner).GetFromJsonAsync<List<JsonElement>>($"/api/attempts/{attempt}/annotations", TestContext.Current.CancellationToken))!;
    }
}
