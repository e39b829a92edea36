using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>What a tile says at one moment, asked of the module itself, so that nobody has to be quiet for three minutes.</summary>
public sealed class WhatTheWallSays(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private const string Ask = """
        async ({ seen, moved, answered, event, changes }) => {
          const { factsOf } = await import('/js/live/wall-facts.js');
          const now = Date.parse('2026-11-20T10:00:00Z');
          const before = (seconds) => new Date(now - seconds * 1000).toISOString();
          const state = { learnerId: 'a', name: 'Ada', joinedAt: before(900), status: 'working', connected: true, seenAt: before(seen), rttMs: 20, visible: true, position: 3, answered: 2, itemCount: 10,
            deadlineAt: before(-600), answeredAt: answered === null ? null : before(answered), events: 0, lastEvent: event && { kind: event, at: before(10), position: 3 }, highlights: 0, waitingReceipts: 0, ...JSON.parse(changes) };
          const words = { events: { paste: 'pasted text' }, notable: ['paste'], routine: ['connected'], actions: {} };
          const facts = factsOf({ id: 'a', name: 'Ada', moreTime: null, state, movedAt: now - moved * 1000 }, now, words, { status: 'in_progress', pausedAt: null });
          return `${facts.texts.tagWords} | ${facts.attention ?? 'all is well'}`;
        }
        """;

    [Theory]
    [InlineData(2, 5, 30, null, "{}", "connected | all is well")]
    [InlineData(2, 400, 240, null, "{}", "connected | quiet for 4 min")] // heartbeats come, answers do not: quiet
    [InlineData(2, 20, 600, null, "{}", "connected | all is well")] // reads on without answering
    [InlineData(9, 5, 30, null, "{}", "weak, 9 s | all is well")]
    [InlineData(22, 400, 400, null, "{}", "lost, 22 s | no sign of life")] // dead goes before quiet
    [InlineData(130, 5, 30, null, """{"connected":false}""", "left 2 min ago | left in the middle")]
    [InlineData(2, 5, 30, "paste", "{}", "connected | pasted text at question 3, 10 s ago")]
    [InlineData(2, 5, 30, "connected", "{}", "connected | all is well")]
    [InlineData(2, 400, 400, null, """{"status":"paused"}""", "connected | all is well")] // nobody can answer in a pause
    [InlineData(90, 400, 400, null, """{"status":"submitted","connected":false}""", "handed in | all is well")]
    public async Task A_quiet_learner_a_weak_line_and_a_dead_page_are_told_apart(int seen, int moved, int answered, string? reported, string changes, string says)
    {
        await using var context = await site.OpensBrowser(chromium, null);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/");

        string facts = await page.EvaluateAsync<string>(Ask, new { seen, moved, answered, @event = reported, changes });

        Assert.Equal(says, facts);
    }
}
