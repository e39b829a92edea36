using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>Saves what an author wrote: a new question, or a new version of one. What a version does not hold (topic, status, tags) changes in place.</summary>
public static class SaveQuestion
{
    /// <param name="QuestionId">Null for a new question.</param>
    /// <param name="BasedOn">The version the author began with; refused when there is a newer one.</param>
    public sealed record Request(int? QuestionId, int? BasedOn, QuestionKind Kind, QuestionBody Body, QuestionPlace Place);

    /// <param name="Version">The current version.</param>
    /// <param name="IsNewVersion">False when it says what it said before.</param>
    public sealed record Saved(int QuestionId, int Version, bool IsNewVersion);

    private sealed record Stored(string Kind, string Body, int Number, bool IsInTest);

    public static async Task<Outcome<Saved>> RunAsync(Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var stored = request.QuestionId is { } known ? await FindAsync(known, connection, ct) : null;

        // Decide
        if (request.QuestionId is not null && stored is null)
        {
            return AuthoringProblems.QuestionNotFound;
        }

        if (stored is not null && stored.Number != request.BasedOn)
        {
            return AuthoringProblems.Outdated(stored.Number);
        }

        if (FaultOf(request, stored?.IsInTest == true) is { } problem)
        {
            return problem;
        }

        if (request.Place.TopicId is { } topic && (await connection.QueryAsync("SELECT 1 FROM topics WHERE id = $1", row => row.GetInt32(0), ct, topic)).Count == 0)
        {
            return AuthoringProblems.Faulty([new("topic", "This topic is gone. Choose another one.")]);
        }

        // Write
        var saved = stored is null
            ? new Saved(await AddQuestion.RunAsync(connection, request.Kind, request.Body, request.Place, user.Id, ct), 1, IsNewVersion: true)
            : await UpdateAsync(request, stored, user, connection, ct);
        await transaction.CommitAsync(ct);
        return saved;
    }

    private static async Task<Stored?> FindAsync(int questionId, NpgsqlConnection connection, CancellationToken ct) => (await connection.QueryAsync("""
        SELECT v.kind, v.body::text, v.number, EXISTS (SELECT FROM test_slots WHERE question_id = q.id)
        FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1 FOR UPDATE OF q
        """, row => new Stored(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetBoolean(3)), ct, questionId)).SingleOrDefault();

    /// <summary>A draft may be unfinished, as long as no test could ask it.</summary>
    private static Problem? FaultOf(Request request, bool isInTest)
    {
        BodyFault[] faults = [.. request.Kind.Faults(request.Body)];
        return faults.Length == 0 || (request.Place.Status == ContentStatus.Draft && !isInTest) ? null : AuthoringProblems.Faulty(faults);
    }

    private static async Task<Saved> UpdateAsync(Request request, Stored stored, CurrentUser user, NpgsqlConnection connection, CancellationToken ct)
    {
        int id = request.QuestionId!.Value;
        var kind = QuestionKinds.Find(stored.Kind);
        bool same = kind == request.Kind && SaysTheSame(kind.WriteBody(kind.ReadBody(stored.Body)), kind.WriteBody(request.Body));
        int number = same ? stored.Number : await AddVersion.RunAsync(connection, id, request.Kind, request.Body, VersionReason.Edited, origin: null, user.Id, ct);
        await connection.ExecuteAsync("UPDATE questions SET topic_id = $2::integer, difficulty = $3, status = $4, tags = $5 WHERE id = $1",
            ct, id, request.Place.TopicId, request.Place.Difficulty, AppDb.SnakeCase(request.Place.Status.ToString()), request.Place.Tags.ToArray());
        return new Saved(id, number, !same);
    }

    private static bool SaysTheSame(string one, string other)
    {
        using var left = JsonDocument.Parse(one);
        using var right = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(left.RootElement, right.RootElement); // members in any order
    }
}
