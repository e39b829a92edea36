using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Live;

namespace Tripos.Server.Tests.Support;

/// <summary>What tests arrange about classes and live sessions, in the words of the domain.</summary>
public static class Lives
{
    extension(TriposApp app)
    {
        /// <summary>A class of Tess, or of another teacher.</summary>
        public async Task<Guid> HasClass(Person? teacher = null, params Person[] learners)
        {
            var id = Guid.CreateVersion7();
            await app.Run("INSERT INTO classes (id, teacher_id, name) VALUES ($1, $2, $3)", id, (teacher ?? Cast.Tess).Id, "Evening class");
            foreach (var learner in learners)
            {
                await app.Run("INSERT INTO class_members (class_id, learner_id, joined_by) VALUES ($1, $2, 'teacher')", id, learner.Id);
            }

            return id;
        }

        /// <summary>A session of a class of Tess with Ada in it; waiting for students unless said otherwise.</summary>
        public async Task<Guid> HasSession(MadeTest? test = null, string status = "waiting_for_students", Guid? classId = null, long? limitMs = null, DateTimeOffset? scheduledAt = null, long? opensBeforeMs = null)
        {
            var id = Guid.CreateVersion7();
            await app.Run("INSERT INTO live_sessions (id, class_id, test_id, created_by, title, status, time_limit_ms, scheduled_at, opens_before_ms) VALUES ($1, $2, $3, $4, 'Friday quiz', $5, $6::bigint, $7::timestamptz, $8::bigint)",
                id, classId ?? await app.HasClass(null, Cast.Ada), (test ?? await app.HasTest()).Id, Cast.Tess.Id, status, limitMs, scheduledAt, opensBeforeMs);
            return id;
        }

        /// <summary>Somebody more, signed up a moment ago and in the class of the session.</summary>
        public async Task<Person> HasLearnerIn(Guid session, string name)
        {
            Person learner = new(await app.HasAccountAsync($"{name}-{Guid.NewGuid():n}@example.org"), name, "learner");
            await app.Run("INSERT INTO class_members (class_id, learner_id, joined_by) SELECT class_id, $2, 'teacher' FROM live_sessions WHERE id = $1", session, learner.Id);
            return learner;
        }

        public Task<HttpResponseMessage> Joins(Person learner, Guid session) => app.As(learner).PostAsync($"/api/live/sessions/{session}/participants", null, TestContext.Current.CancellationToken);

        /// <summary>The hub as this person's page opens it.</summary>
        /// <param name="origin">The site whose page opens it; null for a program.</param>
        public async Task<HubClient> Connects(Person person, string? origin = null)
        {
            var sockets = app.Server.CreateWebSocketClient();
            sockets.ConfigureRequest = request =>
            {
                request.Headers[TestSignIn.Header] = $"{person.Id} {string.Join(' ', person.Roles)}";
                request.Headers.Origin = origin;
            };
            return await HubClient.OverAsync(await sockets.ConnectAsync(new Uri(app.Server.BaseAddress, "/api/live/hub"), TestContext.Current.CancellationToken));
        }

        /// <summary>Joins by HTTP and says so at the hub.</summary>
        public async Task<HubClient> Attends(Person learner, Guid session)
        {
            (await app.Joins(learner, session)).EnsureSuccessStatusCode();
            var hub = await app.Connects(learner);
            await hub.CallAsync("Attend", session);
            return hub;
        }

        /// <summary>The wall of a session, and what it showed first.</summary>
        public async Task<(HubClient Hub, JsonElement First)> Watches(Guid session, Person? teacher = null)
        {
            var hub = await app.Connects(teacher ?? Cast.Tess);
            return (hub, await hub.CallAsync("Watch", session));
        }

        /// <summary>A step in the life of a session: opening, start, completion, cancellation.</summary>
        public Task<HttpResponseMessage> Steps(Guid session, string step, Person? teacher = null) =>
            app.As(teacher ?? Cast.Tess).PostAsync($"/api/live/sessions/{session}/{step}", null, TestContext.Current.CancellationToken);

        public Task<HttpResponseMessage> Acts(Guid session, object action, Person? teacher = null) =>
            app.As(teacher ?? Cast.Tess).PostAsJsonAsync($"/api/live/sessions/{session}/actions", action, TestContext.Current.CancellationToken);

        /// <summary>What sessions do by themselves, as the server's schedule would.</summary>
        public Task SweepsSessions() => SweepSessions.RunAsync(app.Sql, app.Services.GetRequiredService<QuestionVersions>(), TimeProvider.System, TestContext.Current.CancellationToken);

        /// <summary>The attempt of a learner in a session.</summary>
        public Task<Guid> AttemptIn(Guid session, Person learner) => app.Value<Guid>("SELECT attempt_id FROM live_participants WHERE session_id = $1 AND learner_id = $2", session, learner.Id);

        /// <summary>A session in progress in which Ada sits connected.</summary>
        public async Task<(Guid Session, Guid Attempt, HubClient Ada)> HasStarted(MadeTest? test = null, long? limitMs = 600_000)
        {
            var session = await app.HasSession(test, limitMs: limitMs);
            var ada = await app.Attends(Cast.Ada, session);
            (await app.Steps(session, "start")).EnsureSuccessStatusCode();
            return (session, await app.AttemptIn(session, Cast.Ada), ada);
        }
    }
}
