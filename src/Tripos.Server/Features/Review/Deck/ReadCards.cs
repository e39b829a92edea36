using System.Globalization;
using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>One card in a list.</summary>
/// <param name="Text">The beginning of what it asks, without markup.</param>
public sealed record CardRow(long Id, string Text, bool IsQuestion, CardState State, DateTimeOffset DueAt, bool Suspended, bool Withheld, int Reps, int Lapses, double Stability);

/// <summary>A learner's cards, newest first, by keyset.</summary>
public static class ReadCards
{
    private const int PageSize = 50, LongestText = 120;

    public sealed record Page(IReadOnlyList<CardRow> Cards, string? Older);

    public static async Task<Page> RunAsync(Guid learnerId, string? before, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        long last = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : long.MaxValue;
        var rows = await source.QueryAsync($"""
            SELECT c.id, c.state, c.due_at, c.suspended, COALESCE(c.withheld_until > $2, false), c.reps, c.lapses, c.stability, q.current_version_id, n.front, n.kind, c.ordinal
            FROM review_cards c LEFT JOIN questions q ON q.id = c.question_id LEFT JOIN notes n ON n.id = c.note_id
            WHERE c.learner_id = $1 AND c.id < $3 ORDER BY c.id DESC LIMIT {PageSize + 1}
            """, row => (Card: new CardRow(row.GetInt64(0), "", !row.IsDBNull(8), row.Word<CardState>(1), row.Time(2), row.GetBoolean(3), row.GetBoolean(4), row.GetInt32(5), row.GetInt32(6), row.GetDouble(7)),
                VersionId: row.Maybe<int?>(8), Front: row.Maybe<string>(9), IsCloze: row.Maybe<string>(10) == "cloze", Ordinal: row.GetInt16(11)), ct, learnerId, clock.GetUtcNow(), last);
        var shown = rows.Take(PageSize).ToList();
        var loaded = (await versions.LoadAsync([.. shown.Select(row => row.VersionId).OfType<int>()], ct)).DistinctBy(version => version.Id).ToDictionary(version => version.Id);
        return new Page(
            [.. shown.Select(row => row.Card with { Text = Short(row.VersionId is { } version ? loaded[version].PromptHtml : row.IsCloze ? ClozeText.Render(row.Front!, row.Ordinal, revealed: false) : row.Front ?? "") })],
            rows.Count > PageSize ? shown[^1].Card.Id.ToString(CultureInfo.InvariantCulture) : null);
    }

    internal static string Short(string html) => HtmlSanitizer.ToText(html) is { Length: > LongestText } text ? text[..LongestText] + "…" : HtmlSanitizer.ToText(html);
}
