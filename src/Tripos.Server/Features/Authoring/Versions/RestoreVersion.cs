using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>Lets a question say again what an older version said, as a new version: nothing is lost.</summary>
public static class RestoreVersion
{
    /// <param name="Version">Number of the new version, or of the current one when it says the same.</param>
    public sealed record Restored(int Version, int From);

    public static async Task<Outcome<Restored>> RunAsync(int questionId, int number, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT FROM questions WHERE id = $1 FOR UPDATE", ct, questionId);
        var rows = await connection.QueryAsync("""
            SELECT v.kind, v.body::text, c.number, v.kind = c.kind AND v.body = c.body
            FROM question_versions v JOIN questions q ON q.id = v.question_id JOIN question_versions c ON c.id = q.current_version_id WHERE v.question_id = $1 AND v.number = $2
            """, row => (Kind: row.GetString(0), Body: row.GetString(1), Current: row.GetInt32(2), Same: row.GetBoolean(3)), ct, questionId, number);
        if (rows is not [var old])
        {
            return AuthoringProblems.VersionNotFound;
        }

        // Write
        var kind = QuestionKinds.Find(old.Kind);
        int version = old.Same ? old.Current : await AddVersion.RunAsync(connection, questionId, kind, kind.ReadBody(old.Body), VersionReason.Restored, origin: null, user.Id, ct);
        await transaction.CommitAsync(ct);
        return new Restored(version, number);
    }
}
