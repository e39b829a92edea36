using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>What stands in a learner's deck today, and what lies ahead.</summary>
/// <param name="Total">Cards that are not suspended.</param>
/// <param name="NewTotal">Of these, never reviewed.</param>
/// <param name="Learning">Reviewed today and on their short steps.</param>
/// <param name="Overdue">Cards from earlier days that were due before today.</param>
/// <param name="Due">Cards from earlier days that become due on each of the days ahead, today first.</param>
/// <param name="ReviewsDone">Cards from earlier days reviewed in the deck today.</param>
/// <param name="NewDone">New cards begun in the deck today.</param>
/// <param name="MsPerReview">What a review takes this learner.</param>
public sealed record DeckView(
    LearnerDay Day, DeckSettings Settings, int Total, int NewTotal, int Learning, int Overdue, IReadOnlyList<int> Due, int ReviewsDone, int NewDone, double MsPerReview, DateOnly? ExamDate)
{
    /// <summary>Cards from earlier days still to do today, under the day's limit.</summary>
    public int ReviewsLeft => Math.Clamp(Settings.ReviewsOn(Day.Date, MsPerReview) - ReviewsDone, 0, Overdue + Due[0]);

    /// <summary>New cards still to begin today.</summary>
    public int NewLeft => Math.Clamp(Settings.NewOn(Day.Date) - NewDone, 0, NewTotal);

    public int Left => Learning + ReviewsLeft + NewLeft;

    /// <summary>Due cards that today's limit leaves for another day.</summary>
    public int Waiting => Overdue + Due[0] - ReviewsLeft;
}

/// <summary>Reads a learner's deck: one round trip of counts.</summary>
public static class ReadDeck
{
    public const int DaysAhead = 30;

    /// <summary>Until there are enough reviews to know: a card takes so long.</summary>
    private const double UsualMs = 15_000;

    /// <summary>Cards that can be asked: not suspended, not withheld, their question still in use. $1 is the learner, $2 now.</summary>
    internal const string Askable = """
        FROM review_cards c LEFT JOIN questions q ON q.id = c.question_id
        WHERE c.learner_id = $1 AND NOT c.suspended AND (c.withheld_until IS NULL OR c.withheld_until <= $2) AND (q.id IS NULL OR (q.status IN ('live', 'experimental') AND NOT q.needs_key))
        """;

    /// <summary>Cards from earlier days: what was left on a short step then waits among those that come back after days, so that the day's limit holds. $3 is the start of today.</summary>
    internal const string FromBefore = "(c.state = 'review' OR (c.state IN ('learning', 'relearning') AND c.last_review_at < $3))";

    /// <summary>Cards on their short steps today. $3 is the start of today.</summary>
    internal const string OnSteps = "(c.state IN ('learning', 'relearning') AND c.last_review_at >= $3)";

    public static async Task<DeckView> RunAsync(Guid learnerId, LearnerDay day, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var settings = await DeckSettings.LoadAsync(connection, learnerId, schemes, ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With($"""
                SELECT count(*)::int, count(*) FILTER (WHERE c.state = 'new')::int, count(*) FILTER (WHERE {OnSteps} AND c.due_at < $4)::int {Askable}
                """, learnerId, clock.GetUtcNow(), day.StartsAt, day.EndsAt)
            .With($"""
                SELECT GREATEST(floor(extract(epoch FROM c.due_at - $3) / 86400), -1)::int AS ahead, count(*)::int {Askable} AND {FromBefore} AND c.due_at < $4 GROUP BY ahead
                """, learnerId, clock.GetUtcNow(), day.StartsAt, day.EndOf(DaysAhead - 1))
            .With("""
                SELECT count(*) FILTER (WHERE state <> 'new')::int, count(*) FILTER (WHERE state = 'new')::int FROM (
                    SELECT DISTINCT ON (card_id) state, source FROM card_reviews WHERE learner_id = $1 AND at >= $2 AND undone_at IS NULL ORDER BY card_id, number) AS first
                WHERE source = 'deck'
                """, learnerId, day.StartsAt)
            .With("""
                SELECT avg(elapsed_ms)::double precision, count(*)::int FROM (
                    SELECT elapsed_ms FROM card_reviews WHERE learner_id = $1 AND source = 'deck' AND elapsed_ms IS NOT NULL ORDER BY at DESC LIMIT 100) AS latest
                """, learnerId)
            .With("SELECT exam_date FROM profiles WHERE user_id = $1", learnerId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var cards = (await reader.ReadAllAsync(row => (Total: row.GetInt32(0), New: row.GetInt32(1), Learning: row.GetInt32(2)), ct))[0];
        await reader.NextResultAsync(ct);
        var due = (await reader.ReadAllAsync(row => (Ahead: row.GetInt32(0), Count: row.GetInt32(1)), ct)).ToDictionary(row => row.Ahead, row => row.Count);
        await reader.NextResultAsync(ct);
        var done = (await reader.ReadAllAsync(row => (Reviews: row.GetInt32(0), New: row.GetInt32(1)), ct))[0];
        await reader.NextResultAsync(ct);
        var pace = (await reader.ReadAllAsync(row => (Ms: row.Maybe<double?>(0), Count: row.GetInt32(1)), ct))[0];
        await reader.NextResultAsync(ct);
        var exam = await reader.ReadAllAsync(row => row.Maybe<DateOnly?>(0), ct);
        return new DeckView(day, settings, cards.Total, cards.New, cards.Learning, due.GetValueOrDefault(-1), [.. Enumerable.Range(0, DaysAhead).Select(ahead => due.GetValueOrDefault(ahead))],
            done.Reviews, done.New, pace is { Count: >= 20, Ms: { } ms } ? Math.Max(ms, 1000) : UsualMs, exam.FirstOrDefault());
    }
}
