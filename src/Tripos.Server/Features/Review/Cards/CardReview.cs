using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>Where a review comes from: an answer in a test or in practice, the deck itself, or a file.</summary>
public enum ReviewSource { Answer, Deck, Import }

/// <summary>One review of one card, as it is kept for ever.</summary>
/// <param name="Number">1 is the card's first; given under the card's lock, and the order of every replay.</param>
/// <param name="Suggested">What the answer would have been rated; null where nothing was answered.</param>
/// <param name="DayStartsMin">When the learner's day began then, in minutes after midnight UTC.</param>
/// <param name="SchemeId">What it was scheduled by.</param>
/// <param name="State">Of the card before.</param>
/// <param name="Retrievability">The chance of recall that was predicted; 0 for a new card.</param>
/// <param name="ResponseSequence">The logged answer it was made of.</param>
/// <param name="AttemptId">Where the question was answered, with its position.</param>
/// <param name="RequestId">Chosen by the client, so that sending twice counts once.</param>
public sealed record CardReview(
    long CardId, int Number, Guid LearnerId, ReviewSource Source, Recall Recall, Recall? Suggested, DateTime At, short DayStartsMin, long SchemeId,
    CardState State, double Retrievability, long? ElapsedMs, long? ResponseSequence = null, Guid? AttemptId = null, short? Position = null, Guid? RequestId = null)
{
    private const string Columns =
        "card_id, number, learner_id, source, recall, suggested, at, day_starts_min, scheme_id, state, retrievability, elapsed_ms, response_sequence, attempt_id, position, request_id";

    private const string InsertSql = $"""
        INSERT INTO card_reviews ({Columns})
        SELECT * FROM unnest($1::bigint[], $2::integer[], $3::uuid[], $4::text[], $5::smallint[], $6::smallint[], $7::timestamptz[], $8::smallint[], $9::bigint[],
            $10::text[], $11::double precision[], $12::bigint[], $13::bigint[], $14::uuid[], $15::smallint[], $16::uuid[])
        """;

    /// <summary>Those that count, oldest first; the caller holds the cards' locks or changes nothing.</summary>
    public static Task<List<CardReview>> OfAsync(NpgsqlConnection connection, long[] cardIds, CancellationToken ct) =>
        connection.QueryAsync($"SELECT {Columns} FROM card_reviews WHERE card_id = ANY ($1) AND undone_at IS NULL ORDER BY card_id, number", Read, ct, cardIds);

    public static Task StoreAsync(NpgsqlConnection connection, IReadOnlyCollection<CardReview> reviews, CancellationToken ct) => connection.ExecuteAsync(InsertSql, ct,
        reviews.Select(r => r.CardId).ToArray(), reviews.Select(r => r.Number).ToArray(), reviews.Select(r => r.LearnerId).ToArray(), reviews.Select(r => AppDb.SnakeCase(r.Source.ToString())).ToArray(),
        reviews.Select(r => (short)r.Recall).ToArray(), reviews.Select(r => (short?)r.Suggested).ToArray(), reviews.Select(r => r.At).ToArray(), reviews.Select(r => r.DayStartsMin).ToArray(),
        reviews.Select(r => r.SchemeId).ToArray(), reviews.Select(r => AppDb.SnakeCase(r.State.ToString())).ToArray(), reviews.Select(r => r.Retrievability).ToArray(), reviews.Select(r => r.ElapsedMs).ToArray(),
        reviews.Select(r => r.ResponseSequence).ToArray(), reviews.Select(r => r.AttemptId).ToArray(), reviews.Select(r => r.Position).ToArray(), reviews.Select(r => r.RequestId).ToArray());

    private static CardReview Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetInt32(1), row.GetGuid(2), row.Word<ReviewSource>(3), (Recall)row.GetInt16(4), (Recall?)row.Maybe<short?>(5), row.GetDateTime(6), row.GetInt16(7), row.GetInt64(8),
        row.Word<CardState>(9), row.GetDouble(10), row.Maybe<long?>(11), row.Maybe<long?>(12), row.Maybe<Guid?>(13), row.Maybe<short?>(14), row.Maybe<Guid?>(15));
}
