using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Interchange;

/// <summary>Says which options of a question are right, as a new version; answers already graded stay as they are until a regrade.</summary>
public static class SetKey
{
    /// <param name="Correct">Ids of the right options. Several make the question multiple choice.</param>
    public sealed record Request(IReadOnlyList<string> Correct);

    /// <param name="Version">Number of the version with this key.</param>
    /// <param name="Regrade">Where to regrade what was answered under the old key; null when there was none or it is the same.</param>
    public sealed record Keyed(int QuestionId, int Version, string Kind, IReadOnlyList<string> Correct, string? Regrade);

    public static async Task<Outcome<Keyed>> RunAsync(int questionId, Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.QueryAsync("""
            SELECT v.kind, v.body::text, v.number FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = $1 FOR UPDATE OF q
            """, row => (Kind: QuestionKinds.Find(row.GetString(0)), Body: QuestionKinds.Find(row.GetString(0)).ReadBody(row.GetString(1)), Number: row.GetInt32(2)), ct, questionId);
        if (rows is not [var (kind, stored, number)])
        {
            return InterchangeProblems.QuestionNotFound;
        }

        // Decide
        if (FaultOf(stored, request) is { } fault)
        {
            return fault;
        }

        var body = (ChoiceBody)stored;
        string[] key = [.. body.Options.Select(o => o.Id).Where(request.Correct.Contains)];
        bool same = body.Key.ToHashSet().SetEquals(key);

        // Write
        int version = same ? number : await WriteAsync(questionId, kind, body, key, connection, user.Id, ct);
        await transaction.CommitAsync(ct);
        return new Keyed(questionId, version, Merge.KindFor(kind, KeyedBody.WithKey(body, key)).Name, key, same || body.NeedsKey ? null : $"/questions/{questionId}/regrade");
    }

    internal static Task<int> WriteAsync(int questionId, QuestionKind kind, ChoiceBody body, IReadOnlyList<string> key, NpgsqlConnection connection, Guid? author, CancellationToken ct)
    {
        var keyed = KeyedBody.WithKey(body, key);
        return AddVersion.RunAsync(connection, questionId, Merge.KindFor(kind, keyed), keyed, VersionReason.Keyed, origin: null, author, ct);
    }

    private static Problem? FaultOf(QuestionBody body, Request request) =>
        body is not ChoiceBody choice ? InterchangeProblems.NoKeyToSet
        : request.Correct is null or { Count: 0 } ? InterchangeProblems.EmptyKey
        : request.Correct.FirstOrDefault(id => choice.Options.All(o => o.Id != id)) is { } unknown ? InterchangeProblems.UnknownOption(unknown, choice.Options.Select(o => o.Id))
        : null;
}
