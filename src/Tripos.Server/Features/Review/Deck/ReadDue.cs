using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>What a program shows of the deck: how much is left today, and the cards that are due.</summary>
public static class ReadDue
{
    private const int MostCards = 50;

    /// <param name="QuestionId">Null for a card of the learner's own.</param>
    /// <param name="FrontHtml">What is asked; of a question its prompt.</param>
    /// <param name="AnswerHtml">Of a card of the learner's own; a question is answered in an attempt.</param>
    public sealed record DueCard(long Id, int? QuestionId, string FrontHtml, string? AnswerHtml, CardState State, DateTime DueAt);

    /// <param name="Waiting">Due cards that today's limit leaves for another day.</param>
    public sealed record Due(DateOnly Day, int Learning, int Reviews, int New, int Waiting, IReadOnlyList<DueCard> Cards);

    public static async Task<Due> RunAsync(Guid learnerId, LearnerDay day, Schemes schemes, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var deck = await ReadDeck.RunAsync(learnerId, day, schemes, source, clock, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        var cards = await connection.QueryAsync($"""
            SELECT {DeckCard.Columns} {ReadDeck.Askable} AND c.state <> 'new' AND c.due_at < $3 ORDER BY c.state = 'review', c.due_at, c.id LIMIT {MostCards}
            """, DeckCard.Read, ct, learnerId, clock.GetUtcNow(), day.EndsAt);
        List<DueCard> due = [];
        foreach (var card in cards)
        {
            var note = card.NoteId is { } id ? await NoteSides.FindAsync(connection, id, card.Ordinal, ct) : null;
            due.Add(new(card.Id, card.QuestionId, note?.FrontHtml ?? await PromptAsync(connection, card.QuestionId, versions, ct), note?.AnswerHtml, card.Schedule.State, card.Schedule.DueAt));
        }

        return new Due(day.Date, deck.Learning, deck.ReviewsLeft, deck.NewLeft, deck.Waiting, due);
    }

    private static async Task<string> PromptAsync(NpgsqlConnection connection, int? questionId, QuestionVersions versions, CancellationToken ct)
    {
        int versionId = (await connection.QueryAsync("SELECT current_version_id FROM questions WHERE id = $1", row => row.GetInt32(0), ct, questionId)).Single();
        return (await versions.LoadAsync(versionId, ct)).PromptHtml;
    }
}
