using System.Globalization;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What everybody together used, month by month and type by type.</summary>
public static class ReadServerUsage
{
    /// <param name="Month">Its first day; in UTC.</param>
    /// <param name="Held">Reserved and not yet ended.</param>
    /// <param name="CostMicros">What providers charged, in millionths of the configured currency.</param>
    public sealed record Row(DateOnly Month, UsageType UsageType, long People, long Evaluations, long Credits, long Held, long CostMicros)
    {
        public decimal Cost => CostMicros / 1_000_000m;
    }

    private const string ReadSql = """
        SELECT month, usage_type, count(*), sum(evaluations)::bigint, sum(spent)::bigint, sum(reserved)::bigint, sum(cost_micros)::bigint
        FROM credit_months WHERE month >= $1 AND evaluations + reserved > 0 GROUP BY month, usage_type ORDER BY month DESC, usage_type
        """;

    /// <param name="months">How many, this one included.</param>
    public static Task<List<Row>> RunAsync(int months, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct) => source.QueryAsync(ReadSql,
        row => new Row(row.GetFieldValue<DateOnly>(0), row.Word<UsageType>(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)),
        ct, SpendingCaps.MonthOf(now).AddMonths(1 - months));

    /// <param name="mark">With a byte order mark, for spreadsheets that need one.</param>
    public static byte[] ToCsv(IEnumerable<Row> rows, bool mark)
    {
        var table = new CsvText().Cell("month").Cell("type").Cell("people").Cell("evaluations").Cell("credits").Cell("held").Cell("cost").EndRow();
        foreach (var row in rows)
        {
            table.Cell(row.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)).Cell(Transfer.Word(row.UsageType)).Cell(row.People).Cell(row.Evaluations).Cell(row.Credits).Cell(row.Held).Cell((double)row.Cost).EndRow();
        }

        return table.ToBytes(mark);
    }
}
