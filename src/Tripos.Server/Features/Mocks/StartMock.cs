using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Mocks;

/// <summary>Starts a whole test as a profile prescribes, one part of it, or untimed practice of one kind, drawn from the bank by a blueprint with a seed.</summary>
public static class StartMock
{
    /// <param name="Part">Name of one part for a sectional test; null for the whole test.</param>
    /// <param name="Kind">Name of one kind for practice without clocks; then <paramref name="Part"/> is not looked at.</param>
    /// <param name="Count">How many of <paramref name="Kind"/>; null for what a mock test has, at least 5.</param>
    /// <param name="Seed">The same bank, history and seed draw the same questions; null for a new one.</param>
    public sealed record Request([Required] string Profile, string? Part = null, string? Kind = null, [Range(1, 50)] int? Count = null, long? Seed = null);

    public static async Task<Outcome<StartAttempt.Started>> RunAsync(
        Request request, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        // Load
        if (ScoringProfiles.All.FirstOrDefault(known => known.Name == request.Profile && known.Parts.Count > 0) is not { } profile)
        {
            return MockProblems.NoSuchProfile(request.Profile);
        }

        if (PlanOf(profile, request) is not { } plan)
        {
            return MockProblems.NoSuchPart(request.Kind ?? request.Part!, request.Kind is null ? profile.Parts.Select(part => part.Name) : profile.Parts.SelectMany(part => part.Items).Select(items => items.Kind));
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var (slots, supply) = await DrawMock.RunAsync(connection, plan.Blueprint, learner.Id, ct);

        // Decide
        if (supply.Where(kind => request.Kind is null ? kind.IsShort : kind.Have == 0).ToList() is { Count: > 0 } missing)
        {
            return MockProblems.TooFew(missing);
        }

        // Write
        var weighed = await SlotPoints.WeighAsync(slots, profile, versions, ct);
        var allowance = (await TimeAllowance.OfAsync(connection, [learner.Id], ct)).GetValueOrDefault(learner.Id, TimeAllowance.None);
        var attempt = Create(plan, weighed, learner, allowance, clock.GetUtcNow());
        await InsertAttempt.RunAsync(connection, attempt, weighed, ct);
        papers.Keep(attempt.Id, new AttemptPaper(learner.Id, [.. weighed.Select(slot => slot.VersionId)]));
        return new StartAttempt.Started(attempt.Id, attempt.Number, Resumed: false);
    }

    private sealed record Plan(string Title, AttemptMode Mode, TestPolicy Policy, Blueprint Blueprint);

    private static Plan? PlanOf(ScoringProfile profile, Request request)
    {
        long seed = request.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        if (request.Kind is { } kind)
        {
            var items = profile.Parts.SelectMany(part => part.Items).FirstOrDefault(items => items.Kind == kind);
            int count = request.Count ?? Math.Max(5, items?.Mock ?? 0);
            return items is null ? null : new Plan($"Practice: {QuestionKinds.Find(kind).Title}", AttemptMode.Practice, new TestPolicy { Profile = profile.Name },
                new Blueprint([], null, count, seed, [new KindCount(kind, count)]));
        }

        var parts = profile.Parts.Where(part => request.Part is null || part.Name == request.Part).ToList();
        var kinds = parts.SelectMany(part => part.Items.Where(items => items.Mock > 0).Select(items => new KindCount(items.Kind, items.Mock, part.Name))).ToList();
        return parts.Count == 0 ? null : new Plan(
            request.Part is null ? $"{profile.Title}: mock test" : $"{profile.Title}: {parts[0].Title}", AttemptMode.Mock,
            new TestPolicy { Profile = profile.Name, Linear = true, Parts = [.. parts.Select(part => new PartRule(part.Name, part.Title, part.TimeLimitMs))] },
            new Blueprint([], null, kinds.Sum(k => k.Count), seed, kinds));
    }

    private static Attempt Create(Plan plan, List<StartableSlot> slots, CurrentUser learner, TimeAllowance allowance, DateTimeOffset now)
    {
        var parts = allowance.Of(AttemptParts.Of(slots, plan.Policy));
        var deadline = AttemptParts.LongestMs(parts) is { } longest ? now.AddMilliseconds(longest) : (DateTimeOffset?)null;
        return new Attempt
        {
            LearnerId = learner.Id,
            Title = plan.Title,
            Mode = plan.Mode,
            Status = AttemptStatus.InProgress,
            Policy = new AttemptRules(plan.Policy, null, 5 * 60_000, null, parts),
            Blueprint = plan.Blueprint,
            Seed = plan.Blueprint.Seed,
            CreatedAt = now,
            StartedAt = now,
            DeadlineAt = deadline,
            LateUntil = deadline?.AddMilliseconds(plan.Policy.GraceMs),
            Allowance = deadline is not null && allowance != TimeAllowance.None ? allowance : null,
            ItemCount = (short)slots.Count,
        };
    }
}
