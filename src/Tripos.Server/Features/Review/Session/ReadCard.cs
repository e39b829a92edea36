using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>A card as the session page shows it: asked, or with its answer and what each rating would lead to.</summary>
/// <param name="Note">Of the learner's own; null for a question.</param>
/// <param name="Question">As the learner answers it; null for a note, and once it is answered.</param>
/// <param name="Reviewed">With its right answer; null while it is asked.</param>
/// <param name="Answer">What the learner answered, judged; null where they only looked.</param>
/// <param name="Preview">What each rating would lead to.</param>
/// <param name="Suggested">What the answer alone says.</param>
public sealed record ShownCard(
    DeckCard Card, NoteSides? Note, ShownQuestion? Question, ReviewedQuestion? Reviewed, ReviewItem? Answer, SchedulingPreview Preview, AnswerRecall? Suggested)
{
    public bool ShowsAnswer { get; init; }

    /// <summary>Nobody but the learner can say whether a free answer was right.</summary>
    public bool IsSelfRated => Note is not null || Question?.Version.Body is FreeAnswer or Description;
}

public static class ReadCard
{
    /// <summary>A card to be asked, or with its answer for whoever only looked.</summary>
    /// <param name="seed">Orders what is shuffled.</param>
    public static async Task<Outcome<ShownCard>> RunAsync(
        long cardId, bool showsAnswer, long seed, CurrentUser learner, LearnerDay day, Schemes schemes, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var found = await connection.QueryAsync($"SELECT {DeckCard.Columns} {ReadDeck.Askable} AND c.id = $3", DeckCard.Read, ct, learner.Id, clock.GetUtcNow(), cardId);
        if (found is not [var card])
        {
            return ReviewProblems.CardNotFound;
        }

        var preview = await PreviewAsync(connection, card, day, schemes, clock, ct);
        if (card.NoteId is { } noteId)
        {
            return await NoteSides.FindAsync(connection, noteId, card.Ordinal, ct) is { } note
                ? new ShownCard(card, note, null, null, null, preview, null) { ShowsAnswer = showsAnswer } : ReviewProblems.CardNotFound;
        }

        int versionId = (await connection.QueryAsync("SELECT current_version_id FROM questions WHERE id = $1", row => row.GetInt32(0), ct, card.QuestionId)).Single();
        var version = await versions.LoadAsync(versionId, ct);
        return showsAnswer
            ? new ShownCard(card, null, null, new ReviewedQuestion(1, version, null, seed, true, version.Body, Explained: true, []), null, preview, null) { ShowsAnswer = true }
            : new ShownCard(card, null, new ShownQuestion(1, version, null, seed, Shuffle: true), null, null, preview, null);
    }

    /// <summary>The card of a question that was just answered in the deck.</summary>
    public static async Task<Outcome<ShownCard>> AnsweredAsync(
        Guid attemptId, CurrentUser learner, LearnerDay day, Schemes schemes, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var result = await ReadResult.RunAsync(attemptId, learner, source, versions, clock, ct);
        if (result.Value is not { Mode: AttemptMode.Review, Review: [var answer] } view || view.LearnerId != learner.Id)
        {
            return ReviewProblems.CardNotFound;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var cards = await connection.QueryAsync($"SELECT {DeckCard.Columns} FROM review_cards c WHERE c.learner_id = $1 AND c.question_id = $2", DeckCard.Read, ct, learner.Id, answer.Version.QuestionId);
        if (cards is not [var card])
        {
            return ReviewProblems.CardNotFound;
        }

        // The answer may have reached the card already; the rating stands for it, so what is offered begins without it.
        var made = await connection.QueryAsync("SELECT number FROM card_reviews WHERE card_id = $1 AND attempt_id = $2 AND undone_at IS NULL", row => row.GetInt32(0), ct, card.Id, attemptId);
        var before = made is [var number] ? await CardSchedule.ReplayAsync(connection, schemes, card, ct, without: number) : card;
        var paces = await AnswerPaces.LoadAsync(connection, [(learner.Id, answer.Version.Kind.Name)], ct);
        double fraction = answer switch { { Correct: true } => 1, { PointsMax: > 0, Points: { } points } => Math.Min(points / answer.PointsMax, 0.999), _ => 0 };
        var suggested = AnswerRating.Of(fraction, answer.ElapsedMs, paces.MedianMs(learner.Id, answer.Version.Kind.Name), answer.Confidence);
        return new ShownCard(before, null, null, answer, answer, await PreviewAsync(connection, before, day, schemes, clock, ct), suggested) { ShowsAnswer = true };
    }

    private static async Task<SchedulingPreview> PreviewAsync(NpgsqlConnection connection, DeckCard card, LearnerDay day, Schemes schemes, TimeProvider clock, CancellationToken ct)
    {
        var scheme = await schemes.CurrentAsync(connection, card.LearnerId, ct);
        var now = StoredTime.Of(clock.GetUtcNow());
        return scheme.SchedulerFor(day.StartsMin).Preview(card.Schedule, card.Schedule.LastReviewAt > now ? card.Schedule.LastReviewAt.Value : now, card.Seed);
    }
}
