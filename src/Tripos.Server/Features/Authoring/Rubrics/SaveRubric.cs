using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>Makes a rubric, or a new version of one. Questions keep the traits they were given: nothing that was marked changes.</summary>
public static class SaveRubric
{
    public const int MostTraits = 12;

    /// <param name="BasedOn">The version that was looked at; null for a new rubric.</param>
    public sealed record Request([Required, MaxLength(120)] string Name, [Required] IReadOnlyList<RubricTrait> Traits, int? BasedOn = null);

    public static async Task<Outcome<Rubric>> RunAsync(int? id, Request request, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load, under lock so that of two who save at once the second is told
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (id is { } known)
        {
            await connection.ExecuteAsync("SELECT FROM rubrics WHERE id = $1 FOR NO KEY UPDATE", ct, known);
        }

        var before = id is null ? null : await Rubric.FindAsync(id.Value, source, ct);
        if (id is not null && before?.MayChange(author) != true)
        {
            return RubricProblems.NotFound;
        }

        // Decide
        string name = request.Name.Trim();
        if (FaultOf(name, request.Traits) is { } fault)
        {
            return RubricProblems.Faulty(fault);
        }

        if (before is not null && request.BasedOn != before.Number)
        {
            return RubricProblems.Outdated(before.Number);
        }

        // Write
        var now = clock.GetUtcNow();
        int rubricId = before?.Id ?? (await connection.QueryAsync("INSERT INTO rubrics (name, created_by, created_at) VALUES ($1, $2, $3) RETURNING id", row => row.GetInt32(0), ct, name, author.Id, now))[0];
        await connection.ExecuteAsync("UPDATE rubrics SET name = $2, archived_at = NULL WHERE id = $1", ct, rubricId, name);
        if (before is null || !before.Traits.SequenceEqual(request.Traits))
        {
            await connection.ExecuteAsync("INSERT INTO rubric_versions (rubric_id, number, traits, created_by, created_at) VALUES ($1, $2, $3::jsonb, $4, $5)",
                ct, rubricId, (before?.Number ?? 0) + 1, JsonSerializer.Serialize(request.Traits, QuestionJson.Options), author.Id, now);
        }

        await transaction.CommitAsync(ct);
        return (await Rubric.FindAsync(rubricId, source, ct))!;
    }

    /// <summary>Takes it off the lists; questions keep their traits.</summary>
    public static async Task<Outcome<Done>> ArchiveAsync(int id, CurrentUser author, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if ((await Rubric.FindAsync(id, source, ct))?.MayChange(author) != true)
        {
            return RubricProblems.NotFound;
        }

        await source.ExecuteAsync("UPDATE rubrics SET archived_at = $2 WHERE id = $1 AND archived_at IS NULL", ct, id, clock.GetUtcNow());
        return Done.Instance;
    }

    private static string? FaultOf(string name, IReadOnlyList<RubricTrait> traits) =>
        name.Length == 0 ? "Give the rubric a name."
        : traits.Count is 0 or > MostTraits ? $"A rubric has from 1 to {MostTraits} traits."
        : traits.Index().FirstOrDefault(trait => string.IsNullOrWhiteSpace(trait.Item.Title) || trait.Item.Title.Length > 80) is { Item: not null } untitled ? $"Trait {untitled.Index + 1} needs a title of at most 80 characters."
        : traits.Index().FirstOrDefault(trait => trait.Item.Max is not (> 0 and <= 1000) || trait.Item.Weight is <= 0 or > 1000) is { Item: not null } odd ? $"Trait {odd.Index + 1} needs more than 0 and at most 1000 points, and such a weight."
        : traits.FirstOrDefault(trait => trait.Guide?.Length > 1000) is { } long_ ? $"The words for “{long_.Title}” may have at most 1000 characters."
        : traits.GroupBy(trait => trait.Name).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"Two traits are called “{twice.First().Title}”. Give each a title of its own."
        : traits.Any(trait => string.IsNullOrWhiteSpace(trait.Name)) ? "Every trait needs a name."
        : null;
}
