using System.Globalization;
using System.Text;
using Tripos.Spacing;

namespace Tripos.Bench.Spacing;

/// <summary>A review log: a header with card_id, review_rating and review_time (ISO 8601 or milliseconds since 1970), then one review per line.</summary>
public static class ReviewLogFile
{
    private static readonly string[] Columns = ["card_id", "review_rating", "review_time"];

    public static List<LoggedReview<string>> Read(InputFile file)
    {
        string[] lines = Encoding.UTF8.GetString(file.Bytes).TrimStart('\uFEFF').Split('\n');
        string[] header = [.. lines[0].Split(',').Select(name => name.Trim())];
        int[] at = [.. Columns.Select(name => Array.IndexOf(header, name))];
        if (at.Contains(-1))
        {
            throw new BadInputException($"{file.Path}: line 1 has no column \"{Columns[Array.IndexOf(at, -1)]}\". Give a log with the header card_id,review_rating,review_time,review_duration.");
        }

        var reviews = new List<LoggedReview<string>>(lines.Length);
        for (int i = 1; i < lines.Length; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i]))
            {
                reviews.Add(Parse(file.Path, i + 1, lines[i].TrimEnd('\r').Split(','), at));
            }
        }

        return reviews.Count > 0 ? reviews : throw new BadInputException($"{file.Path}: has a header but no reviews. Export the log again.");
    }

    private static LoggedReview<string> Parse(string path, int line, string[] fields, int[] at)
    {
        if (fields.Length <= at.Max())
        {
            throw new BadInputException($"{path}: line {line} has {fields.Length} fields, not {at.Max() + 1}. Remove the line, or export the log again.");
        }

        // 0 is how Anki logs a change of due date by hand: no review, and the history leaves it out.
        if (!int.TryParse(fields[at[1]], CultureInfo.InvariantCulture, out int rating) || rating is < 0 or > 4)
        {
            throw new BadInputException($"{path}: line {line} has the rating \"{fields[at[1]]}\". Ratings are 1 (again) to 4 (easy).");
        }

        return new(fields[at[0]], (Recall)rating, Time(fields[at[2]].Trim())
            ?? throw new BadInputException($"{path}: line {line} has the time \"{fields[at[2]]}\". Give times like 2024-01-02T03:04:05Z, or milliseconds since 1970."));
    }

    private static DateTime? Time(string text)
    {
        if (long.TryParse(text, CultureInfo.InvariantCulture, out long ms) && ms is > 0 and < 253_402_300_800_000)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime;
        }

        return DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time) ? time : null;
    }
}
