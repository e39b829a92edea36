using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>One thing a learner wants to remember: a question, or a side or gap of a note of their own.</summary>
/// <param name="Ordinal">Of a cloze note: the number of the gap the card asks for; else 1.</param>
/// <param name="Reviews">Number of the last review, undone ones included.</param>
/// <param name="Schedule">What replaying its reviews gives.</param>
public sealed record DeckCard(long Id, Guid LearnerId, int? QuestionId, Guid? NoteId, short Ordinal, int Reviews, bool Suspended, DateTime AddedAt, Card Schedule)
{
    public const string Columns =
        "c.id, c.learner_id, c.question_id, c.note_id, c.ordinal, c.reviews, c.suspended, c.added_at, c.state, c.stability, c.difficulty, c.due_at, c.last_review_at, c.step, c.reps, c.lapses, c.scheduled_days";

    private const string StoreSql = """
        UPDATE review_cards c SET reviews = n.reviews, state = n.state, stability = n.stability, difficulty = n.difficulty, due_at = n.due_at,
            last_review_at = n.last_review_at, step = n.step, reps = n.reps, lapses = n.lapses, scheduled_days = n.scheduled_days
        FROM unnest($1::bigint[], $2::integer[], $3::text[], $4::double precision[], $5::double precision[], $6::timestamptz[], $7::timestamptz[], $8::integer[], $9::integer[], $10::integer[], $11::integer[])
            AS n(id, reviews, state, stability, difficulty, due_at, last_review_at, step, reps, lapses, scheduled_days)
        WHERE c.id = n.id
        """;

    /// <summary>The schedule it began with.</summary>
    public Card Fresh => Card.New(AddedAt);

    /// <summary>Where fuzz comes from.</summary>
    public ulong Seed => (ulong)Id;

    /// <summary>The learner's card, locked until the transaction ends; null when they have no such card.</summary>
    public static async Task<DeckCard?> LockAsync(NpgsqlConnection connection, long id, Guid learnerId, CancellationToken ct)
    {
        var cards = await connection.QueryAsync($"SELECT {Columns} FROM review_cards c WHERE id = $1 AND learner_id = $2 FOR NO KEY UPDATE", Read, ct, id, learnerId);
        return cards is [var card] ? card : null;
    }

    public static async Task<DeckCard?> FindAsync(NpgsqlConnection connection, long id, Guid learnerId, CancellationToken ct)
    {
        var cards = await connection.QueryAsync($"SELECT {Columns} FROM review_cards c WHERE id = $1 AND learner_id = $2", Read, ct, id, learnerId);
        return cards is [var card] ? card : null;
    }

    /// <summary>Writes the schedules of cards the caller has locked.</summary>
    public static Task StoreAsync(NpgsqlConnection connection, IReadOnlyCollection<DeckCard> cards, CancellationToken ct) => connection.ExecuteAsync(StoreSql, ct,
        cards.Select(card => card.Id).ToArray(), cards.Select(card => card.Reviews).ToArray(), cards.Select(card => AppDb.SnakeCase(card.Schedule.State.ToString())).ToArray(),
        cards.Select(card => card.Schedule.StabilityDays).ToArray(), cards.Select(card => card.Schedule.Difficulty).ToArray(), cards.Select(card => card.Schedule.DueAt).ToArray(),
        cards.Select(card => (DateTimeOffset?)card.Schedule.LastReviewAt).ToArray(), cards.Select(card => card.Schedule.Step).ToArray(), cards.Select(card => card.Schedule.Reps).ToArray(),
        cards.Select(card => card.Schedule.Lapses).ToArray(), cards.Select(card => card.Schedule.ScheduledDays).ToArray());

    public static DeckCard Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.Maybe<int?>(2), row.Maybe<Guid?>(3), row.GetInt16(4), row.GetInt32(5), row.GetBoolean(6), row.GetDateTime(7), new Card
        {
            State = row.Word<CardState>(8), StabilityDays = row.GetDouble(9), Difficulty = row.GetDouble(10), DueAt = row.GetDateTime(11), LastReviewAt = row.Maybe<DateTime?>(12),
            Step = row.GetInt32(13), Reps = row.GetInt32(14), Lapses = row.GetInt32(15), ScheduledDays = row.GetInt32(16),
        });
}
