using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>Questions learners must not get yet: a change of many questions leaves them as they are and says which.</summary>
internal static class UnfinishedQuestions
{
    public static async Task<IReadOnlyList<int>> AmongAsync(int[] ids, BulkChange change, object? value, NpgsqlConnection connection, CancellationToken ct)
    {
        bool offers = change is BulkChange.AddToTest || (change is BulkChange.Status && value is not ("draft" or "retired"));
        var bodies = !offers ? [] : await connection.QueryAsync("""
            SELECT q.id, v.kind, v.body::text FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = ANY($1) ORDER BY q.id
            """, row => (Id: row.GetInt32(0), Kind: QuestionKinds.Find(row.GetString(1)), Body: row.GetString(2)), ct, ids);
        return [.. bodies.Where(question => question.Kind.Faults(question.Kind.ReadBody(question.Body)).Any()).Select(question => question.Id)];
    }

    /// <summary>One sentence more, or nothing.</summary>
    public static string Say(IReadOnlyList<int> ids) => ids.Count == 0 ? "" : ids.Count == 1
        ? $" Question {ids[0]} stays as it is: it is not finished."
        : $" Questions {string.Join(", ", ids.Take(10))}{(ids.Count > 10 ? " and others" : "")} stay as they are: they are not finished.";
}
