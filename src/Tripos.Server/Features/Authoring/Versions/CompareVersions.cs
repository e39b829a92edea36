using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>What two versions of a question say differently, field by field and word by word.</summary>
public sealed record Comparison(int QuestionId, int From, int To, IReadOnlyList<int> Numbers, IReadOnlyList<Comparison.Row> Rows)
{
    /// <param name="Parts">The old text is what is not added, the new one what is not removed.</param>
    public sealed record Row(string Label, bool IsKey, bool InFrom, bool InTo, IReadOnlyList<DiffPart> Parts)
    {
        public bool Differs => InFrom != InTo || Parts.Any(part => part.Kind != DiffKind.Same);
    }

    public static IReadOnlyList<Row> RowsOf(LoadedVersion from, LoadedVersion to)
    {
        var old = VersionFields.Of(from).ToDictionary(field => field.Path);
        var fresh = VersionFields.Of(to);
        var paths = fresh.Select(field => field.Path).ToHashSet();
        return
        [
            .. fresh.Select(field => old.TryGetValue(field.Path, out var was)
                ? new Row(field.Label, field.IsKey, true, true, TextDiff.Of(was.Value, field.Value))
                : new Row(field.Label, field.IsKey, false, true, [new(DiffKind.Added, field.Value)])),
            .. old.Values.Where(field => !paths.Contains(field.Path)).Select(field => new Row(field.Label, field.IsKey, true, false, [new(DiffKind.Removed, field.Value)])),
        ];
    }
}

public static class CompareVersions
{
    /// <param name="from">The number of a version; null for the one before <paramref name="to"/>.</param>
    /// <param name="to">The number of a version; null for the newest.</param>
    public static async Task<Outcome<Comparison>> RunAsync(int questionId, int? from, int? to, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var known = await source.QueryAsync("SELECT number, id FROM question_versions WHERE question_id = $1 ORDER BY number", row => (Number: row.GetInt32(0), Id: row.GetInt32(1)), ct, questionId);
        if (known.Count == 0)
        {
            return AuthoringProblems.QuestionNotFound;
        }

        int newer = to ?? known[^1].Number;
        int older = from ?? Math.Max(1, newer - 1);
        var pair = new[] { older, newer }.Select(number => known.FirstOrDefault(version => version.Number == number)).ToList();
        if (pair.Any(version => version.Id == 0))
        {
            return AuthoringProblems.VersionNotFound;
        }

        var loaded = await versions.LoadAsync([pair[0].Id, pair[1].Id], ct);
        return new Comparison(questionId, older, newer, [.. known.Select(version => version.Number)], Comparison.RowsOf(loaded[0], loaded[1]));
    }
}
