using System.Text.Json;
using Npgsql;
using Tripos.Measurement.Selection;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Why a question was chosen, as it is told to the learner.</summary>
/// <param name="Words">One sentence.</param>
/// <param name="Probability">The chance that this place went to it.</param>
/// <param name="Success">The chance of a right answer that was expected, 0-1.</param>
/// <param name="Terms">What spoke for and against it, each 0-1 before its weight.</param>
public sealed record WhyChosen(string Topic, PickKind Quota, PickReason Reason, string Words, double Probability, double Success, double Ability, double AbilityDeviation, double Difficulty, double DifficultyDeviation, SelectionTerms Terms);

/// <summary>What an answer changed; null parts are being worked out.</summary>
public sealed record RatingMove(string Topic, double Before, double After, double DeviationBefore, double DeviationAfter);

/// <summary>Where a session is.</summary>
/// <param name="Item">The newest question; null before the first.</param>
/// <param name="Bookmarked">The learner marked the question.</param>
/// <param name="Move">What the answer changed; null while it is open, was empty, or is not worked out yet.</param>
public sealed record TurnView(PracticeSession Session, PlayerView Player, PlayerItem? Item, int ItemQuestionId, bool Bookmarked, WhyChosen? Why, RatingMove? Move);

/// <summary>Reads the newest question of a session with why it was chosen and, once it is answered, what the answer changed.</summary>
public static class ReadTurn
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    public static async Task<Outcome<TurnView>> RunAsync(
        PracticeSession session, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, FoldRunner folds, TimeProvider clock, CancellationToken ct)
    {
        var player = await ReadPlayer.RunAsync(session.AttemptId, learner, source, versions, clock, ct, lastOnly: true);
        if (player.Value is not { } view)
        {
            return player.Problem!;
        }

        if (view.Items is not [var item])
        {
            return new TurnView(session, view, null, 0, false, null, null);
        }

        bool isFolded = item is { IsClosed: true, IsAnswered: true } && !session.IsTest && await folds.WaitForAsync(session.AttemptId, item.Position, Patience, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT COALESCE(t.name, 'No topic'), s.quota, s.reason, s.probability, s.success, s.ability, s.ability_deviation, s.difficulty, s.difficulty_deviation, s.terms::text
                FROM selections s JOIN questions q ON q.id = s.question_id LEFT JOIN topics t ON t.id = q.topic_id WHERE s.attempt_id = $1 AND s.position = $2
                """, session.AttemptId, (short)item.Position)
            .With("SELECT EXISTS (SELECT FROM bookmarks WHERE user_id = $1 AND question_id = $2)", learner.Id, item.Version.QuestionId)
            .With("""
                SELECT COALESCE(t.name, 'No topic'), c.ability_before, c.ability_after, c.deviation_before, c.deviation_after
                FROM rating_changes c JOIN responses r ON r.sequence = c.sequence LEFT JOIN topics t ON t.id = r.topic_id WHERE c.attempt_id = $1 AND c.position = $2 AND $3
                """, session.AttemptId, (short)item.Position, isFolded);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var why = await reader.ReadAllAsync(row => Of(row, clock.GetUtcNow()), ct);
        await reader.NextResultAsync(ct);
        bool isMarked = (await reader.ReadAllAsync(row => row.GetBoolean(0), ct))[0];
        await reader.NextResultAsync(ct);
        var move = await reader.ReadAllAsync(row => new RatingMove(row.GetString(0), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3), row.GetDouble(4)), ct);
        return new TurnView(session, view, item, item.Version.QuestionId, isMarked, why is [var reason] ? reason : null, move is [var moved] ? moved : null);
    }

    private static WhyChosen Of(NpgsqlDataReader row, DateTimeOffset now)
    {
        var facts = JsonSerializer.Deserialize<ChosenFacts>(row.GetString(9), Json.Options)!;
        string topic = row.GetString(0);
        var reason = row.Word<PickReason>(2);
        double success = row.GetDouble(4);
        return new WhyChosen(topic, row.Word<PickKind>(1), reason, PracticeWords.Why(reason, topic, success, facts, now), row.GetDouble(3), success, row.GetDouble(5), row.GetDouble(6), row.GetDouble(7), row.GetDouble(8), facts.Terms);
    }
}
