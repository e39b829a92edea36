using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>More time for a learner in every timed attempt they start: the limit times the factor, and then so many milliseconds more.</summary>
/// <param name="Factor">1 for no longer, 1.25 for a quarter more; up to 4.</param>
/// <param name="SetBy">Name of the teacher or administrator; null when nobody has set anything.</param>
public sealed record Accommodation(float Factor, long ExtraMs, string Note, string? SetBy, DateTimeOffset? SetAt)
{
    public const float LargestFactor = 4;
    public const long LargestExtraMs = 4 * 3_600_000;
    public const int LongestNote = 500;

    /// <summary>What <see cref="Read"/> reads, of accommodations <c>a</c> and the user <c>s</c> who set it.</summary>
    internal const string Columns = "a.factor, a.extra_ms, a.note, s.display_name, a.set_at";

    /// <summary>0 for no longer, 25 for a quarter more.</summary>
    public double ExtraPercent => Math.Round((Factor - 1) * 100, 1);

    /// <summary>Null when the columns are.</summary>
    internal static Accommodation? Read(NpgsqlDataReader row, int first) =>
        row.IsDBNull(first) ? null : new(row.GetFloat(first), row.GetInt64(first + 1), row.GetString(first + 2), row.GetString(first + 3), row.Time(first + 4));
}
