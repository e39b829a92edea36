using System.Globalization;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

public enum AnswerOrder { Newest, Helpful }

/// <summary>The answers shared on a question, a page at a time, for those who answered it and those who look after it.</summary>
public static class ReadSharedAnswers
{
    public const int PageSize = 10;

    /// <param name="Before">Where the page before ended; null for the first.</param>
    /// <param name="OthersOnly">Leaves out the reader's own.</param>
    public sealed record Filter(AnswerOrder Order = AnswerOrder.Newest, string? Before = null, bool OthersOnly = false);

    /// <param name="Older">Where to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<SharedAnswer> Answers, string? Older);

    public static async Task<Outcome<Page>> RunAsync(
        int questionId, Filter filter, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        await AnswersAccess.LoadAsync(questionId, reader, source, versions, clock, ct) is not { } access ? SharedAnswerProblems.QuestionNotFound
            : !access.MayRead ? SharedAnswerProblems.Off
            : await OfAsync(access, filter, reader, source, clock, ct);

    public static async Task<Page> OfAsync(AnswersAccess access, Filter filter, CurrentUser reader, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var rows = filter.Order == AnswerOrder.Helpful
            ? await MostHelpfulAsync(access.QuestionId, filter, reader, source, clock.GetUtcNow(), ct)
            : await NewestAsync(access.QuestionId, filter, reader, source, clock.GetUtcNow(), ct);
        var shown = rows.Take(PageSize).Select(row => row.View).ToList();
        return new Page(shown, rows.Count <= PageSize ? null : filter.Order == AnswerOrder.Helpful ? Write(shown[^1]) : Keyset.Write(shown[^1].SharedAt, shown[^1].Id));
    }

    private static Task<List<SharedAnswerRow>> NewestAsync(int questionId, Filter filter, CurrentUser reader, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        bool isLater = Keyset.TryParse(filter.Before, out var place);
        return SharedAnswerRow.QueryAsync("""
            WHERE s.question_id = $2 AND s.status = 'visible' AND NOT ($3 AND s.learner_id = $1) AND ($4::timestamptz IS NULL OR (s.shared_at, s.id) < ($4, $5::uuid))
            ORDER BY s.shared_at DESC, s.id DESC LIMIT $6
            """, reader, source, now, ct, questionId, filter.OthersOnly, isLater ? place.At : null, isLater ? place.Id : null, PageSize + 1);
    }

    private static Task<List<SharedAnswerRow>> MostHelpfulAsync(int questionId, Filter filter, CurrentUser reader, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        var place = Parse(filter.Before);
        return SharedAnswerRow.QueryAsync("""
            WHERE s.question_id = $2 AND s.status = 'visible' AND NOT ($3 AND s.learner_id = $1) AND ($4::integer IS NULL OR (s.helpful_count, s.id) < ($4, $5::uuid))
            ORDER BY s.helpful_count DESC, s.id DESC LIMIT $6
            """, reader, source, now, ct, questionId, filter.OthersOnly, place?.Count, place?.Id, PageSize + 1);
    }

    private static string Write(SharedAnswer last) => $"{last.HelpfulCount.ToString(CultureInfo.InvariantCulture)}-{last.Id:n}";

    private static (int Count, Guid Id)? Parse(string? text) =>
        text?.Split('-') is [var count, var id] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && Guid.TryParseExact(id, "n", out var guid)
            ? (number, guid)
            : null;
}
