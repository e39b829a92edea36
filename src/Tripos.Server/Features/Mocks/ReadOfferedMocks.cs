using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Mocks;

/// <param name="Need">How many a mock test draws.</param>
/// <param name="Have">Live questions with a key in the bank.</param>
public sealed record MockSupply(string Kind, string Title, int Need, int Have)
{
    public bool IsShort => Have < Need;
}

public sealed record OfferedPart(string Name, string Title, long? TimeLimitMs, IReadOnlyList<MockSupply> Kinds)
{
    public int ItemCount => Kinds.Sum(kind => kind.Need);

    public bool IsShort => Kinds.Any(kind => kind.IsShort);
}

public sealed record OfferedMock(string Profile, string Title, string? Notice, IReadOnlyList<OfferedPart> Parts)
{
    public bool IsShort => Parts.Any(part => part.IsShort);
}

/// <summary>The mock tests there could be, and whether the bank has enough questions for them.</summary>
public static class ReadOfferedMocks
{
    public static async Task<List<OfferedMock>> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var have = (await source.QueryAsync("SELECT kind, count(*)::integer FROM questions WHERE status = 'live' AND NOT needs_key GROUP BY kind",
            row => (Kind: row.GetString(0), Count: row.GetInt32(1)), ct)).ToDictionary(row => row.Kind, row => row.Count);
        return [.. ScoringProfiles.All.Where(profile => profile.Parts.Count > 0).Select(profile => Of(profile, have))];
    }

    private static OfferedMock Of(ScoringProfile profile, Dictionary<string, int> have) => new(profile.Name, profile.Title, profile.Notice,
        [.. profile.Parts.Select(part => new OfferedPart(part.Name, part.Title, part.TimeLimitMs,
            [.. part.Items.Select(items => new MockSupply(items.Kind, QuestionKinds.Find(items.Kind).Title, items.Mock, have.GetValueOrDefault(items.Kind)))]))]);
}
