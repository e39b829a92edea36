using System.Text.Json;
using Npgsql;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What programs said of an answer, whether or not it counts.</summary>
public sealed record Recommendation(EvaluatorKind Evaluator, string ByName, Verdict Verdict, DateTimeOffset At);

public static class Recommendations
{
    /// <summary>The newest verdict of each program, the local one first.</summary>
    public static Task<List<Recommendation>> OfAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) => connection.QueryAsync("""
        SELECT DISTINCT ON (evaluator) evaluator, by_name, verdict::text, done_at FROM evaluations
        WHERE attempt_id = $1 AND position = $2 AND status = 'done' ORDER BY evaluator, done_at DESC
        """, row => new Recommendation(row.Word<EvaluatorKind>(0), row.GetString(1), JsonSerializer.Deserialize<Verdict>(row.GetString(2), QuestionJson.Options)!, row.Time(3)), ct, attemptId, position);

    /// <summary>What would count if no teacher had decided: the model's word, and the local one where the model has none. Null where nothing was judged.</summary>
    public static async Task<Judgement?> BestAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct)
    {
        List<TraitScore> traits = [];
        Recommendation? best = null;
        foreach (var given in (await OfAsync(connection, attemptId, position, ct)).OrderByDescending(given => given.Evaluator))
        {
            var scores = given.Verdict.Scores(EvaluationQueue.Word(given.Evaluator));
            best ??= scores.Count > 0 ? given : null;
            traits.AddRange(scores.Where(score => traits.All(other => other.Name != score.Name)));
        }

        return best is null ? null : new Judgement(best.Evaluator, best.ByName, traits);
    }

    /// <summary>What the recogniser heard; null for written answers and where it heard nothing.</summary>
    public static async Task<HeardSpeech?> HeardAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) =>
        (await OfAsync(connection, attemptId, position, ct)).Select(given => given.Verdict.Heard).FirstOrDefault(heard => heard is not null);

    /// <summary>Whether the local evaluator still has to listen to it.</summary>
    public static async Task<bool> IsListeningAsync(NpgsqlConnection connection, Guid attemptId, short position, CancellationToken ct) => (await connection.QueryAsync(
        "SELECT 1 FROM evaluations WHERE attempt_id = $1 AND position = $2 AND evaluator = 'local' AND status IN ('waiting', 'running')", row => row.GetInt32(0), ct, attemptId, position)).Count > 0;
}
