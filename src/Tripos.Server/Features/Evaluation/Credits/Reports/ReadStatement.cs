using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What came and went, newest first, page after page: of all types or of one.</summary>
public static class ReadStatement
{
    public const int PageSize = 25;

    /// <param name="Kind">Reserve: still held.</param>
    /// <param name="AttemptId">With <paramref name="Position"/>, the answer that was evaluated; null where it is gone.</param>
    /// <param name="By">The administrator who gave credits or took them back.</param>
    public sealed record Row(Guid Id, DateTimeOffset At, TransferKind Kind, UsageType? UsageType, int Credits, string Reason, Guid? AttemptId, short? Position, string? By)
    {
        /// <summary>What the movement made of what can be spent; what is given back or only passes through is 0.</summary>
        public int Change => Kind switch
        {
            TransferKind.Daily or TransferKind.Gift => Credits,
            TransferKind.Refund or TransferKind.Unlimited => 0,
            _ => -Credits,
        };
    }

    /// <param name="Next">Pass as <c>after</c> to read on; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Next);

    // A reservation that ended shows as what became of it; what premium members are given only passes through.
    private const string ReadSql = """
        SELECT t.id, t.created_at, t.kind, t.usage_type, t.credits, t.reason, e.attempt_id, e.position, u.display_name
        FROM credit_transfers t LEFT JOIN evaluations e ON e.id = t.request_id LEFT JOIN users u ON u.id = t.by_id
        WHERE t.user_id = $1 AND (t.created_at, t.id) < ($2, $3) AND ($4::text IS NULL OR t.usage_type = $4) AND t.kind <> 'unlimited'
            AND (t.kind <> 'reserve' OR NOT EXISTS (SELECT FROM credit_transfers x WHERE x.request_id = t.request_id AND x.kind IN ('settle', 'refund')))
        ORDER BY t.created_at DESC, t.id DESC LIMIT $5
        """;

    /// <param name="usage">Only this type; null for everything.</param>
    public static async Task<Page> RunAsync(Guid userId, UsageType? usage, string? after, NpgsqlDataSource source, CancellationToken ct)
    {
        var (at, id) = Keyset.TryParse(after, out var place) ? place : (DateTimeOffset.MaxValue.ToUniversalTime().AddYears(-1), Guid.Empty);
        var rows = await source.QueryAsync(ReadSql, Read, ct, userId, at, id, usage is { } type ? Transfer.Word(type) : null, PageSize + 1);
        return new Page([.. rows.Take(PageSize)], rows.Count > PageSize ? Keyset.Write(rows[PageSize - 1].At, rows[PageSize - 1].Id) : null);
    }

    /// <summary>A type as a link names it; null for anything else.</summary>
    public static UsageType? TypeOf(string? word) => Enum.TryParse<UsageType>(word, ignoreCase: true, out var type) && Enum.IsDefined(type) ? type : null;

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.Time(1), row.Word<TransferKind>(2), row.IsDBNull(3) ? null : row.Word<UsageType>(3), row.GetInt32(4), row.GetString(5), row.Maybe<Guid?>(6), row.Maybe<short?>(7), row.Maybe<string>(8));
}
