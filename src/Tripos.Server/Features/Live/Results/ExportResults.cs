using System.Globalization;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>The results of a session as a table for other programs: one row per learner, with the points on each question.</summary>
public static class ExportResults
{
    private static readonly string[] Columns =
    [
        "learner", "learner_id", "attempt_id", "status", "percent", "points", "points_max", "passed", "answered", "questions", "used_seconds", "extra_seconds", "handed_in", "handed_in_at", "removed", "events", "highlights",
    ];

    /// <param name="FileName">What a browser saves it as.</param>
    public sealed record File(string FileName, byte[] Content);

    private sealed record Points(Guid AttemptId, int QuestionId, float Earned);

    public static async Task<Outcome<File>> RunAsync(Guid sessionId, bool mark, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var outcome = await ReadSessionResults.RunAsync(sessionId, teacher, source, versions, ct);
        if (outcome.Value is not { } view)
        {
            return outcome.Problem!;
        }

        var points = (await source.QueryAsync("""
            SELECT x.attempt_id, v.question_id, x.points FROM live_participants p JOIN attempts a ON a.id = p.attempt_id JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id
            WHERE p.session_id = $1 AND a.status = 'graded' AND x.points IS NOT NULL
            """, row => new Points(row.GetGuid(0), row.GetInt32(1), row.GetFloat(2)), ct, sessionId)).ToLookup(each => (each.AttemptId, each.QuestionId), each => each.Earned);
        var questions = view.Items.DistinctBy(item => item.QuestionId).ToList();
        var table = new CsvText();
        foreach (string column in Columns.Concat(questions.Select(item => $"question_{item.Number}")))
        {
            table.Cell(column);
        }

        table.EndRow();
        foreach (var result in view.Results)
        {
            Write(table, result);
            foreach (var item in questions)
            {
                table.Cell(result.AttemptId is { } attempt && points.Contains((attempt, item.QuestionId)) ? points[(attempt, item.QuestionId)].First() : null);
            }

            table.EndRow();
        }

        return new File($"{Safe(view.Title)}.csv", table.ToBytes(mark));
    }

    private static void Write(CsvText table, SessionResult result) => table
        .Cell(result.Name).Cell(result.LearnerId.ToString()).Cell(result.AttemptId?.ToString()).Cell(result.Status is { } status ? AppDb.SnakeCase(status.ToString()) : "no_attempt")
        .Cell(result.Percent).Cell(result.Points).Cell(result.PointsMax).Cell(result.Passed switch { true => "yes", false => "no", null => "" })
        .Cell(result.Answered).Cell(result.ItemCount).Cell(result.UsedMs / 1000).Cell(result.ExtraMs / 1000)
        .Cell(result.SubmitType is { } type ? AppDb.SnakeCase(type.ToString()) : "").Cell(result.SubmittedAt).Cell(result.IsRemoved ? "yes" : "no").Cell(result.Events).Cell(result.Highlights);

    private static string Safe(string title)
    {
        string name = string.Concat(title.Normalize().Select(letter => char.IsLetterOrDigit(letter) ? letter : '-')).Trim('-');
        return name.Length == 0 ? "results" : name.ToLower(CultureInfo.InvariantCulture);
    }
}
