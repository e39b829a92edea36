using System.Collections.Concurrent;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>An option as shown: its text and explanation are safe HTML.</summary>
public sealed record ShownOption(string Id, string Html, string? ExplanationHtml);

/// <summary>A version read once and kept: its body to score by, its texts as safe HTML.</summary>
public sealed record LoadedVersion(int Id, int QuestionId, int Number, QuestionKind Kind, QuestionBody Body)
{
    public string PromptHtml { get; } = ContentHtml.Render(Body.Format, Body.Prompt);
    public string? PassageHtml { get; } = Body.Passage is { Length: > 0 } text ? ContentHtml.Render(Body.Format, text) : null;
    public string? ExplanationHtml { get; } = Body.Explanation is { Length: > 0 } text ? ContentHtml.Render(Body.Format, text) : null;

    /// <summary>The code block as the component CodeListing draws it; empty when there is none.</summary>
    public string ListingHtml { get; } = Body.Code is { } code ? ContentHtml.Listing(code) : "";

    private readonly ConcurrentDictionary<string, string> _html = new(StringComparer.Ordinal);

    /// <summary>A text of the body (an option, a part, a gap's text) as safe HTML in the body's format; made once.</summary>
    public string Html(string text) => _html.GetOrAdd(text, static (text, format) => ContentHtml.Render(format, text), Body.Format);

    /// <summary>In the author's order; empty for kinds without options.</summary>
    public IReadOnlyList<ShownOption> Options { get; } = Body is ChoiceBody choice
        ? [.. choice.Options.Select(o => new ShownOption(o.Id, ContentHtml.Render(Body.Format, o.Text), o.Explanation is { Length: > 0 } why ? ContentHtml.Render(Body.Format, why) : null))]
        : [];

    /// <summary>The options as one attempt shows them: the same on every reload, another order for the next attempt.</summary>
    public IReadOnlyList<ShownOption> OptionsFor(long seed, int position, bool shuffle) =>
        shuffle && Body is ChoiceBody { ShuffleOptions: true } ? SeededShuffle.Order(Options, seed, position) : Options;
}

/// <summary>Versions by id. They never change, so they are kept in memory; the least used leave when there are too many.</summary>
public sealed class QuestionVersions(NpgsqlDataSource source, ScoringResources resources) : IDisposable
{
    private const int MostKept = 10_000; // about 3 kB each
    /// <summary>The dictionaries answers to these versions are scored with.</summary>
    public ScoringResources Resources => resources;

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <summary>The versions in the order asked for, which may repeat ids; every id must exist.</summary>
    public async ValueTask<LoadedVersion[]> LoadAsync(IReadOnlyList<int> ids, CancellationToken ct)
    {
        var found = new LoadedVersion[ids.Count];
        List<int>? missing = null;
        for (int i = 0; i < ids.Count; i++)
        {
            if (_kept.TryGetValue(ids[i], out LoadedVersion? version))
            {
                found[i] = version!;
            }
            else
            {
                (missing ??= []).Add(ids[i]);
            }
        }

        if (missing is not null)
        {
            var read = await ReadAsync(missing, ct);
            for (int i = 0; i < ids.Count; i++)
            {
                found[i] ??= read[ids[i]];
            }
        }

        return found;
    }

    public async ValueTask<LoadedVersion> LoadAsync(int id, CancellationToken ct) =>
        _kept.TryGetValue(id, out LoadedVersion? version) ? version! : (await ReadAsync([id], ct))[id];

    public void Dispose() => _kept.Dispose();

    private async Task<Dictionary<int, LoadedVersion>> ReadAsync(IEnumerable<int> ids, CancellationToken ct)
    {
        var rows = await source.QueryAsync(
            "SELECT id, question_id, number, kind, body::text FROM question_versions WHERE id = ANY($1)",
            row => Parse(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetString(4)), ct, ids.Distinct().ToArray());
        foreach (var version in rows)
        {
            _kept.Set(version.Id, version, new MemoryCacheEntryOptions { Size = 1 });
        }

        return rows.ToDictionary(version => version.Id);
    }

    private static LoadedVersion Parse(int id, int questionId, int number, string kindName, string body)
    {
        var kind = QuestionKinds.Find(kindName);
        return new LoadedVersion(id, questionId, number, kind, kind.ReadBody(body));
    }
}
