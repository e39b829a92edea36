using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>What the bank can be narrowed to, and what its questions can be changed to.</summary>
public sealed record BankChoices(IReadOnlyList<ReadTopics.Row> Topics, IReadOnlyList<BankChoices.Author> Authors, IReadOnlyList<string> Tags, IReadOnlyList<BankChoices.Sitting> Tests)
{
    public sealed record Author(Guid Id, string Name);

    public sealed record Sitting(Guid Id, string Title);
}

public static class ReadBankChoices
{
    private const int Most = 500;

    public static async Task<BankChoices> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var topics = await ReadTopics.RunAsync(source, ct);
        var authors = await source.QueryAsync($"SELECT u.id, u.display_name FROM users u WHERE u.id IN (SELECT created_by FROM questions) ORDER BY u.display_name, u.id LIMIT {Most}",
            row => new BankChoices.Author(row.GetGuid(0), row.GetString(1)), ct);
        var tags = await source.QueryAsync($"SELECT DISTINCT unnest(tags) FROM questions WHERE tags <> '{{}}' ORDER BY 1 LIMIT {Most}", row => row.GetString(0), ct);
        var tests = await source.QueryAsync($"SELECT id, title FROM tests WHERE is_active ORDER BY updated_at DESC, id LIMIT {Most}", row => new BankChoices.Sitting(row.GetGuid(0), row.GetString(1)), ct);
        return new(topics, authors, tags, tests);
    }
}
