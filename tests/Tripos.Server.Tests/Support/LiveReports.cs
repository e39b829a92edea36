using System.Net.Http.Json;
using System.Text.Json;

namespace Tripos.Server.Tests.Support;

/// <summary>What is told of a live session, and sessions with something to tell.</summary>
public static class LiveReports
{
    extension(TriposApp app)
    {
        public Task<JsonElement> TimelineOf(Guid session, Guid? learner = null, Person? teacher = null) =>
            app.As(teacher ?? Cast.Tess).GetFromJsonAsync<JsonElement>($"/api/live/sessions/{session}/timeline{(learner is null ? "" : $"?learnerId={learner}")}", TestContext.Current.CancellationToken);

        public Task<JsonElement> ResultsOf(Guid session) => app.As(Cast.Tess).GetFromJsonAsync<JsonElement>($"/api/live/sessions/{session}/results", TestContext.Current.CancellationToken);

        public async Task Reports(Person learner, Guid session, params (string Kind, int Position, double SecondsAgo)[] events)
        {
            var reported = events.Select(e => new { id = Guid.CreateVersion7(), kind = e.Kind, position = e.Position, at = DateTimeOffset.UtcNow.AddSeconds(-e.SecondsAgo), details = new { length = 12 } });
            (await app.As(learner).PostAsJsonAsync($"/api/live/sessions/{session}/events", reported, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }

        /// <summary>A completed session in which a class has answered: each learner the options of one row ("" leaves a question out), "a" is right.</summary>
        public async Task<Guid> HasSat(params (string Name, string[] Options)[] rows)
        {
            var test = await app.HasTest(rows[0].Options.Length, new() { ShuffleQuestions = false }, passMark: 50);
            var session = await app.HasSession(test);
            List<(Person Learner, string[] Options)> people = [];
            foreach (var (name, options) in rows)
            {
                people.Add((await app.HasLearnerIn(session, "learner"), options));
                await app.Run("UPDATE users SET display_name = $2 WHERE id = $1", people[^1].Learner.Id, name);
                await app.Run("INSERT INTO live_participants (session_id, learner_id, state) VALUES ($1, $2, 1)", session, people[^1].Learner.Id);
            }

            (await app.Steps(session, "start")).EnsureSuccessStatusCode();
            foreach (var (learner, options) in people)
            {
                var attempt = await app.AttemptIn(session, learner);
                foreach (var (index, option) in options.Index().Where(each => each.Item.Length > 0))
                {
                    (await app.Saves(learner, attempt, index + 1, option)).EnsureSuccessStatusCode();
                }
            }

            (await app.Steps(session, "completion")).EnsureSuccessStatusCode();
            return session;
        }
    }
}
