using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Live;

namespace Tripos.Server.Tests.Support;

/// <summary>Codes, members and planned sessions, in the words of the domain.</summary>
public static class Classrooms
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TriposApp app)
    {
        /// <summary>The code of a class, which gets one if it has none.</summary>
        public Task<string> CodeOf(Guid classId) => app.Value<string>("UPDATE classes SET join_code = COALESCE(join_code, $2) WHERE id = $1 RETURNING join_code", classId, JoinCode.New());

        /// <summary>A session of a new test, planned through the API by the teacher.</summary>
        public async Task<Guid> HasPlan(Person teacher, Guid classId, DateTimeOffset? at = null)
        {
            var reply = await app.Plans(teacher, classId, new { testId = (await app.HasTest()).Id, title = "Planned", scheduledAt = at });
            return (await reply.Json()).GetProperty("id").GetGuid();
        }

        public Task<HttpResponseMessage> Plans(Person teacher, Guid classId, object plan) => app.As(teacher).PostAsJsonAsync($"/api/classes/{classId}/sessions", plan, Ct);

        public async Task<List<string>> MembersOf(Guid classId) => await app.Sql.NamesAsync(classId);
    }

    extension(HttpResponseMessage reply)
    {
        public async Task<JsonElement> Json() => JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Ct));

        /// <summary>The code of a problem.</summary>
        public async Task<string> Code() => (await reply.Json()).GetProperty("type").GetString()!["/problems/".Length..];
    }

    extension(Npgsql.NpgsqlDataSource sql)
    {
        private async Task<List<string>> NamesAsync(Guid classId)
        {
            await using var command = sql.CreateCommand("SELECT u.display_name || ' ' || m.joined_by FROM class_members m JOIN users u ON u.id = m.learner_id WHERE m.class_id = $1 ORDER BY 1");
            command.Parameters.Add(new() { Value = classId });
            await using var reader = await command.ExecuteReaderAsync(Ct);
            List<string> names = [];
            while (await reader.ReadAsync(Ct))
            {
                names.Add(reader.GetString(0));
            }

            return names;
        }
    }
}
