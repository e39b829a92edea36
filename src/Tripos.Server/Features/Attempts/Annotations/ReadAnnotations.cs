using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>What is marked in an attempt, in the order of the questions and of the text.</summary>
public static class ReadAnnotations
{
    internal const string Columns = "n.id, n.position, n.passage, n.first, n.last, n.text, n.colour, n.comment, n.created_at, n.changed_at";

    /// <summary>For the learner, while they work and afterwards.</summary>
    public static async Task<Outcome<List<Annotation>>> RunAsync(Guid attemptId, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct)
    {
        var owned = await source.QueryAsync("SELECT FROM attempts WHERE id = $1 AND learner_id = $2", _ => true, ct, attemptId, learner.Id);
        return owned.Count == 0 ? AttemptProblems.NotFound : await OfAsync(attemptId, source, ct);
    }

    /// <summary>For a page that has made sure that its reader may see the attempt.</summary>
    public static Task<List<Annotation>> OfAsync(Guid attemptId, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync(
        $"SELECT {Columns} FROM annotations n WHERE n.attempt_id = $1 AND n.removed_at IS NULL ORDER BY n.position, n.passage = 'passage', n.passage, n.first, n.id", Read, ct, attemptId);

    internal static Annotation Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt16(1), row.Word<AnnotatedPassage>(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.Word<AnnotationColour>(6), row.GetString(7), row.Time(8), row.Time(9));
}
