using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>A list of traits that authors made, in its newest version.</summary>
/// <param name="Author">Null when the account is gone.</param>
public sealed record Rubric(int Id, string Name, Guid? AuthorId, string? Author, int Number, IReadOnlyList<RubricTrait> Traits, DateTimeOffset ChangedAt, bool IsArchived)
{
    /// <summary>Its author, or an administrator; everybody else makes one of their own from it.</summary>
    public bool MayChange(CurrentUser user) => user.IsAdmin || user.Id == AuthorId;

    public static Task<List<Rubric>> AllAsync(NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync($"{Select} WHERE r.archived_at IS NULL ORDER BY upper(r.name), r.id", Read, ct);

    public static async Task<Rubric?> FindAsync(int id, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync($"{Select} WHERE r.id = $1", Read, ct, id)).SingleOrDefault();

    /// <summary>Every version it has had, newest first.</summary>
    public static Task<List<(int Number, IReadOnlyList<RubricTrait> Traits, DateTimeOffset At)>> VersionsAsync(int id, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync(
        "SELECT number, traits::text, created_at FROM rubric_versions WHERE rubric_id = $1 ORDER BY number DESC", row => (row.GetInt32(0), (IReadOnlyList<RubricTrait>)TraitsOf(row.GetString(1)), row.Time(2)), ct, id);

    private const string Select = """
        SELECT r.id, r.name, r.created_by, u.display_name, v.number, v.traits::text, v.created_at, r.archived_at IS NOT NULL
        FROM rubrics r JOIN LATERAL (SELECT * FROM rubric_versions WHERE rubric_id = r.id ORDER BY number DESC LIMIT 1) v ON true LEFT JOIN users u ON u.id = r.created_by
        """;

    private static Rubric Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.GetString(1), row.Maybe<Guid?>(2), row.Maybe<string>(3), row.GetInt32(4), TraitsOf(row.GetString(5)), row.Time(6), row.GetBoolean(7));

    private static List<RubricTrait> TraitsOf(string json) => JsonSerializer.Deserialize<List<RubricTrait>>(json, QuestionJson.Options)!;
}
