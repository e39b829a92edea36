using System.Globalization;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>What questions are changed to, checked, and how the change is told.</summary>
/// <param name="Value">As the column stores it.</param>
/// <param name="Say">One sentence, given how many questions changed.</param>
internal sealed record BulkTarget(object? Value, Func<int, string> Say)
{
    public static async Task<Outcome<BulkTarget>> ReadAsync(BulkChange change, string value, NpgsqlConnection connection, CancellationToken ct) => change switch
    {
        BulkChange.Status => Status(value),
        BulkChange.Difficulty => Difficulty(value),
        BulkChange.AddTag or BulkChange.RemoveTag => Tag(change, value),
        BulkChange.Topic => await TopicAsync(value, connection, ct),
        _ => await TestAsync(value, connection, ct),
    };

    private static Outcome<BulkTarget> Status(string value) =>
        Enum.TryParse<ContentStatus>(value, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? new BulkTarget(AppDb.SnakeCase(status.ToString()), count => count == 0 ? $"All of them were {AuthoringWords.Of(status)} already." : $"{Words.Count(count, "question is", "questions are")} {AuthoringWords.Of(status)} now.")
            : AuthoringProblems.BadValue("Choose a status.");

    private static Outcome<BulkTarget> Difficulty(string value) =>
        short.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out short level) && level is >= 1 and <= 5
            ? new BulkTarget(level, count => count == 0 ? $"All of them had difficulty {level} already." : $"{Words.Count(count, "question has", "questions have")} difficulty {level} now.")
            : AuthoringProblems.BadValue("Choose a difficulty from 1 to 5.");

    private static Outcome<BulkTarget> Tag(BulkChange change, string value)
    {
        if (TagWords.Split(value) is not [{ Length: <= TagWords.Longest } tag])
        {
            return AuthoringProblems.BadValue($"Type one tag of at most {TagWords.Longest} characters.");
        }

        return change is BulkChange.AddTag
            ? new BulkTarget(tag, count => count == 0 ? $"All of them had the tag “{tag}” already." : $"{Words.Count(count, "question was", "questions were")} tagged “{tag}”.")
            : new BulkTarget(tag, count => count == 0 ? $"None of them had the tag “{tag}”." : $"The tag “{tag}” was taken from {Words.Count(count, "question")}.");
    }

    private static async Task<Outcome<BulkTarget>> TopicAsync(string value, NpgsqlConnection connection, CancellationToken ct)
    {
        if (value.Length == 0)
        {
            return new BulkTarget(null, count => count == 0 ? "None of them had a topic." : $"{Words.Count(count, "question has", "questions have")} no topic now.");
        }

        int id = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        return await connection.QueryAsync("SELECT name FROM topics WHERE id = $1", row => row.GetString(0), ct, id) is [var name]
            ? new BulkTarget(id, count => count == 0 ? $"All of them were about {name} already." : $"{Words.Count(count, "question is", "questions are")} about {name} now.")
            : AuthoringProblems.BadValue("Choose a topic.");
    }

    private static async Task<Outcome<BulkTarget>> TestAsync(string value, NpgsqlConnection connection, CancellationToken ct)
    {
        // The lock keeps two authors from giving the same position twice.
        var id = Guid.TryParse(value, out var parsed) ? parsed : Guid.Empty;
        return await connection.QueryAsync("SELECT title FROM tests WHERE id = $1 FOR NO KEY UPDATE", row => row.GetString(0), ct, id) is [var title]
            ? new BulkTarget(id, count => count == 0 ? $"All of them were in {title} already." : $"{Words.Count(count, "question was", "questions were")} put at the end of {title}.")
            : AuthoringProblems.BadValue("Choose a test.");
    }
}
