using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Keeps what a learner's page reports during a session. It is evidence for a person to look at; nothing here draws a conclusion.</summary>
public static class StoreEvents
{
    public const int MostAtOnce = 50;
    private const int MostPerLearner = 2000;
    private const int LongestDetails = 2048;

    /// <summary>What a page may report.</summary>
    public static readonly string[] Kinds =
        ["tab_hidden", "tab_visible", "window_blur", "window_focus", "copy", "cut", "paste", "context_menu", "fullscreen_enter", "fullscreen_exit", "network_lost", "network_back", "page_opened", "page_closed", "many"];

    /// <summary>Those a teacher may want to look at; the others say that it ended, or when a page came and went.</summary>
    public static readonly string[] Notable = ["tab_hidden", "window_blur", "copy", "cut", "paste", "context_menu", "fullscreen_exit", "network_lost", "many"];

    /// <param name="Id">Made by the page, so that what is sent twice is kept once.</param>
    /// <param name="At">By the page's clock set to ours; not after now.</param>
    /// <param name="Position">The question it happened at.</param>
    public sealed record Event(Guid Id, string Kind, DateTimeOffset At, short? Position = null, JsonElement? Details = null);

    /// <param name="Stored">New ones; those known already are not counted.</param>
    /// <param name="Notable">How many notable ones there are of this learner by now.</param>
    public sealed record Kept(int Stored, int Notable);

    internal static async Task<Outcome<Kept>> RunAsync(Guid sessionId, IReadOnlyList<Event> events, CurrentUser learner, NpgsqlDataSource source, LiveNews news, TimeProvider clock, CancellationToken ct)
    {
        if (FaultOf(events) is { } problem)
        {
            return problem;
        }

        var now = clock.GetUtcNow();
        var counts = await source.QueryAsync("""
            WITH place AS (SELECT n.* FROM (SELECT count(*) AS before, count(*) FILTER (WHERE kind = ANY ($10)) AS notable FROM live_events WHERE session_id = $1 AND learner_id = $2) n JOIN live_participants ON session_id = $1 AND learner_id = $2),
            kept AS (
                INSERT INTO live_events (session_id, learner_id, id, kind, position, at, received_at, details)
                SELECT $1, $2, t.id, t.kind, t.position, LEAST(t.at, $8), $8, t.details::jsonb
                FROM place, unnest($3::uuid[], $4::text[], $5::smallint[], $6::timestamptz[], $7::text[]) AS t(id, kind, position, at, details) WHERE place.before < $9
                ON CONFLICT DO NOTHING RETURNING kind)
            SELECT (SELECT count(*)::integer FROM kept), notable::integer + (SELECT count(*)::integer FROM kept WHERE kind = ANY ($10)) FROM place
            """, row => new Kept(row.GetInt32(0), row.GetInt32(1)), ct, sessionId, learner.Id,
            events.Select(e => e.Id).ToArray(), events.Select(e => e.Kind).ToArray(), events.Select(e => e.Position).ToArray(), events.Select(e => e.At.UtcDateTime).ToArray(),
            events.Select(e => e.Details?.GetRawText() ?? "{}").ToArray(), now, MostPerLearner, Notable);
        if (counts is not [var kept])
        {
            return LiveProblems.NotFound;
        }

        if (kept.Stored > 0 && events.Where(e => Notable.Contains(e.Kind)).MaxBy(e => e.At) is { } last)
        {
            news.Tell(sessionId, new ParticipantChange { Learner = learner.Id, Event = new LastEvent(last.Kind, last.At < now ? last.At : now, last.Position), Events = kept.Notable });
        }

        return kept;
    }

    private static Problem? FaultOf(IReadOnlyList<Event> events)
    {
        if (events.Count is 0 or > MostAtOnce)
        {
            return LiveProblems.BadEvents($"Send 1 to {MostAtOnce} events at a time; these were {events.Count}.");
        }

        foreach (var (index, each) in events.Index())
        {
            if (!Kinds.Contains(each.Kind))
            {
                return LiveProblems.BadEvent(index, $"\"{each.Kind}\" is none of {string.Join(", ", Kinds)}.");
            }

            if (each.Position is < 1 or > 1000)
            {
                return LiveProblems.BadEvent(index, "position is the number of a question, from 1.");
            }

            if (each.Details is { } details && (details.ValueKind != JsonValueKind.Object || details.GetRawText().Length > LongestDetails || !IsStorable(details.GetRawText())))
            {
                return LiveProblems.BadEvent(index, $"details is an object of at most {LongestDetails} characters, without NUL and without half of a surrogate pair.");
            }
        }

        return null;
    }

    /// <summary>Whether PostgreSQL takes it as jsonb.</summary>
    private static bool IsStorable(string json)
    {
        try
        {
            return !JsonNode.Parse(json)!.ToJsonString().Contains("\\u0000", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is InvalidOperationException or JsonException or ArgumentException)
        {
            return false; // half of a pair cannot be written as text
        }
    }
}
