using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>
/// Answers as reviews: what a learner gets wrong, or gets right with effort, becomes a card, and every further answer reviews it.
/// A review, once made, is a fact of its own; a rebuild replays the reviews and does not look at the answers again.
/// </summary>
public static class CardFold
{
    /// <summary>Modes whose answers say what was remembered; in a live session others are in the room.</summary>
    private static readonly HashSet<AttemptMode> Modes =
        [AttemptMode.Practice, AttemptMode.Review, AttemptMode.Adaptive, AttemptMode.Placement, AttemptMode.Exam, AttemptMode.Mock];

    public static Fold Make(Schemes schemes) => new("cards", ["answer_paces"],
        (connection, responses, ct) => ApplyAsync(connection, schemes, responses, ct),
        (connection, ct) => CardSchedule.RebuildAsync(connection, schemes, ct));

    private static async Task ApplyAsync(NpgsqlConnection connection, Schemes schemes, IReadOnlyList<LoggedResponse> responses, CancellationToken ct)
    {
        var evidence = responses.Where(response => response.IsEvidence && Modes.Contains(response.Mode)).ToList();
        if (evidence.Count > 0)
        {
            var mapped = await MapAsync(connection, evidence, ct);
            long mappedTo = (await connection.QueryAsync("SELECT mapped_to FROM cards_mapped FOR UPDATE", row => row.GetInt64(0), ct)).Single();
            await ReviewAsync(connection, schemes, [.. mapped.Where(answer => answer.Response.Sequence > mappedTo)], ct);
        }

        await connection.ExecuteAsync("UPDATE cards_mapped SET mapped_to = $1 WHERE mapped_to < $1", ct, responses[^1].Sequence);
    }

    /// <summary>What each answer says about memory, in the light of the learner's answers before it.</summary>
    private static async Task<List<Answer>> MapAsync(NpgsqlConnection connection, List<LoggedResponse> evidence, CancellationToken ct)
    {
        var kinds = (await connection.QueryAsync("SELECT id, kind FROM question_versions WHERE id = ANY ($1)", row => (Id: row.GetInt32(0), Kind: row.GetString(1)), ct,
            evidence.Select(response => response.VersionId).Distinct().ToArray())).ToDictionary(version => version.Id, version => version.Kind);
        var paces = await AnswerPaces.LoadAsync(connection, evidence.Select(response => (response.LearnerId, kinds.GetValueOrDefault(response.VersionId, ""))).ToHashSet(), ct);
        List<Answer> mapped = [];
        foreach (var response in evidence)
        {
            string kind = kinds.GetValueOrDefault(response.VersionId, "");
            mapped.Add(new(response, AnswerRating.Of(response, paces.MedianMs(response.LearnerId, kind))));
            if (response.ElapsedMs is { } elapsed)
            {
                paces.Add(response.LearnerId, kind, elapsed);
            }
        }

        await paces.StoreAsync(connection, ct);
        return mapped;
    }

    private static async Task ReviewAsync(NpgsqlConnection connection, Schemes schemes, List<Answer> answers, CancellationToken ct)
    {
        answers = await WithoutRatedAsync(connection, answers, ct);
        if (answers.Count == 0)
        {
            return;
        }

        Guid[] learners = [.. answers.Select(answer => answer.Response.LearnerId).Distinct()];
        var zones = await LearnerDay.ZonesAsync(connection, learners, ct);
        var current = await schemes.CurrentAsync(connection, learners, ct);
        var cards = await CardsAsync(connection, answers, ct);
        List<CardReview> reviews = [];
        foreach (var (response, recall) in answers)
        {
            if (cards.TryGetValue((response.LearnerId, response.QuestionId), out var held) && held.Holds(response.Sequence))
            {
                var at = StoredTime.Of(response.AnsweredAt);
                var day = LearnerDay.Of(zones.GetValueOrDefault(response.LearnerId, TimeZoneInfo.Utc), at);
                (held.Card, var review) = CardSchedule.Step(held.Card, current[response.LearnerId], new CardReview(
                    held.Card.Id, 0, response.LearnerId, ReviewSource.Answer, recall, recall, at, day.StartsMin, 0, default, 0, response.ElapsedMs, response.Sequence, response.AttemptId, response.Position));
                reviews.Add(review);
            }
        }

        await CardReview.StoreAsync(connection, reviews, ct);
        await DeckCard.StoreAsync(connection, [.. cards.Values.Select(held => held.Card)], ct);
        await ShowAsync(connection, answers, cards, ct);
    }

    /// <summary>A card that waits for a review to open need not wait longer once its question was answered where answers are shown.</summary>
    private static async Task ShowAsync(NpgsqlConnection connection, List<Answer> answers, Dictionary<(Guid, int), Held> cards, CancellationToken ct)
    {
        var open = answers.Where(answer => !AttemptModes.Of(answer.Response.Mode).FollowsReviewPolicy)
            .Select(answer => cards.GetValueOrDefault((answer.Response.LearnerId, answer.Response.QuestionId))?.Card.Id).OfType<long>().Distinct().Order().ToArray();
        if (open.Length > 0)
        {
            await connection.ExecuteAsync("UPDATE review_cards SET withheld_until = NULL WHERE id = ANY ($1) AND withheld_until IS NOT NULL", ct, open);
        }
    }

    /// <summary>Leaves out answers given in the deck that the learner has rated already.</summary>
    private static async Task<List<Answer>> WithoutRatedAsync(NpgsqlConnection connection, List<Answer> answers, CancellationToken ct)
    {
        var given = answers.Where(answer => answer.Response.Mode == AttemptMode.Review).Select(answer => answer.Response).ToList();
        if (given.Count == 0)
        {
            return answers;
        }

        var rated = (await connection.QueryAsync("""
            SELECT r.attempt_id, r.position FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::smallint[]) AS n(learner_id, question_id, attempt_id, position)
            JOIN review_cards c ON c.learner_id = n.learner_id AND c.question_id = n.question_id
            JOIN card_reviews r ON r.card_id = c.id AND r.attempt_id = n.attempt_id AND r.position = n.position AND r.source = 'deck'
            """, row => (row.GetGuid(0), row.GetInt16(1)), ct, given.Select(response => response.LearnerId).ToArray(), given.Select(response => response.QuestionId).ToArray(),
            given.Select(response => response.AttemptId).ToArray(), given.Select(response => response.Position).ToArray())).ToHashSet();
        return [.. answers.Where(answer => !rated.Contains((answer.Response.AttemptId, answer.Response.Position)))];
    }

    /// <summary>The cards of what was answered, locked; made where an answer asks for one.</summary>
    private static async Task<Dictionary<(Guid, int), Held>> CardsAsync(NpgsqlConnection connection, List<Answer> answers, CancellationToken ct)
    {
        var before = (await LockAsync(connection, answers, ct)).ToDictionary(card => (card.LearnerId, card.QuestionId!.Value), card => new Held(card, Since: 0));
        var missing = answers.Where(answer => answer.Recall <= Recall.Hard && !before.ContainsKey((answer.Response.LearnerId, answer.Response.QuestionId)))
            .GroupBy(answer => (answer.Response.LearnerId, answer.Response.QuestionId)).ToDictionary(group => group.Key, group => group.First());
        if (missing.Count == 0)
        {
            return before;
        }

        // Who or what was removed meanwhile gets no card.
        var shown = await ShownAnswers.FromAsync(connection, [.. missing.Values.Select(answer => answer.Response.AttemptId).Distinct()], ct);
        await connection.ExecuteAsync("""
            INSERT INTO review_cards (learner_id, question_id, due_at, added_at, withheld_until)
            SELECT n.learner_id, n.question_id, n.at, n.at, n.withheld_until FROM unnest($1::uuid[], $2::integer[], $3::timestamptz[], $4::timestamptz[]) AS n(learner_id, question_id, at, withheld_until)
            JOIN users u ON u.id = n.learner_id JOIN questions q ON q.id = n.question_id ORDER BY n.learner_id, n.question_id
            ON CONFLICT (learner_id, question_id) DO NOTHING
            """, ct, missing.Keys.Select(key => key.LearnerId).ToArray(), missing.Keys.Select(key => key.QuestionId).ToArray(), missing.Values.Select(answer => StoredTime.Of(answer.Response.AnsweredAt)).ToArray(),
            missing.Values.Select(answer => shown.GetValueOrDefault(answer.Response.AttemptId)).ToArray());
        foreach (var card in await LockAsync(connection, [.. missing.Values], ct))
        {
            var key = (card.LearnerId, card.QuestionId!.Value);
            before.TryAdd(key, new Held(card, missing[key].Response.Sequence));
        }

        return before;
    }

    private static Task<List<DeckCard>> LockAsync(NpgsqlConnection connection, List<Answer> answers, CancellationToken ct) => connection.QueryAsync($"""
        SELECT {DeckCard.Columns} FROM review_cards c
        WHERE (c.learner_id, c.question_id) IN (SELECT * FROM unnest($1::uuid[], $2::integer[])) ORDER BY c.id FOR NO KEY UPDATE
        """, DeckCard.Read, ct, answers.Select(answer => answer.Response.LearnerId).ToArray(), answers.Select(answer => answer.Response.QuestionId).ToArray());

    private readonly record struct Answer(LoggedResponse Response, Recall Recall);

    /// <param name="Since">The answer that made the card; those before it passed without one.</param>
    private sealed record Held(DeckCard Card, long Since)
    {
        public DeckCard Card { get; set; } = Card;

        public bool Holds(long sequence) => sequence >= Since;
    }
}
