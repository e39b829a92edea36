using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

/// <summary>An attempt at a test before it is written, with the items it will present.</summary>
public sealed record NewAttempt(Attempt Attempt, IReadOnlyList<StartableSlot> Slots)
{
    public AttemptPaper Paper => new(Attempt.LearnerId, [.. Slots.Select(slot => slot.VersionId)], SessionId: Attempt.SessionId);

    /// <summary>Whose attempt, in which mode, under which clock.</summary>
    /// <param name="Seed">Decides the order of questions and options.</param>
    /// <param name="Live">Set where a whole class works under one clock.</param>
    public sealed record For(Guid LearnerId, int Number, AttemptMode Mode, long Seed, TimeAllowance Allowance, LiveClock? Live = null);

    /// <summary>The clock of a live session: whoever comes late gets what is left.</summary>
    /// <param name="LimitMs">The limit of the session; null for none.</param>
    /// <param name="DeadlineAt">With all pauses and extra time so far; null for no limit.</param>
    public sealed record LiveClock(Guid SessionId, long? LimitMs, DateTimeOffset? DeadlineAt, DateTimeOffset? PausedAt);

    public static async ValueTask<NewAttempt> AtAsync(StartableTest test, For whom, QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        var slots = await SlotPoints.WeighAsync(AttemptParts.Order(test.Slots, test.Rules.Test, whom.Seed), test.Rules.Profile, versions, ct);
        bool timed = AttemptModes.Of(whom.Mode).Timed;
        var rules = timed ? test.Rules with { Parts = whom.Allowance.Of(AttemptParts.Of(slots, test.Rules.Test)), TimeLimitMs = LimitOf(test, whom) } : test.Rules;
        var deadline = timed ? DeadlineOf(rules, whom, now) : null;
        return new NewAttempt(new Attempt
        {
            LearnerId = whom.LearnerId,
            TestId = test.Id,
            TestVersion = test.Version,
            Number = whom.Number,
            Title = test.Title,
            Mode = whom.Mode,
            Status = whom.Live?.PausedAt is null ? AttemptStatus.InProgress : AttemptStatus.Paused,
            Policy = rules,
            Seed = whom.Seed,
            SessionId = whom.Live?.SessionId,
            CreatedAt = now,
            StartedAt = whom.Live?.PausedAt ?? now, // a pause is no part of the time spent
            PausedAt = whom.Live?.PausedAt,
            DeadlineAt = deadline,
            LateUntil = deadline?.AddMilliseconds(test.Rules.Test.GraceMs),
            Allowance = timed && whom.Allowance != TimeAllowance.None ? whom.Allowance : null,
            ItemCount = (short)test.Slots.Count,
        }, slots);
    }

    private static long? LimitOf(StartableTest test, For whom) => (whom.Live is { } live ? live.LimitMs : test.Rules.TimeLimitMs) is { } limit ? whom.Allowance.Of(limit) : null;

    private static DateTimeOffset? DeadlineOf(AttemptRules rules, For whom, DateTimeOffset now) =>
        whom.Live is { } live
            ? live.DeadlineAt?.AddMilliseconds(whom.Allowance.Of(live.LimitMs ?? 0) - (live.LimitMs ?? 0))
            : (rules.TimeLimitMs ?? AttemptParts.LongestMs(rules.Parts)) is { } limit ? now.AddMilliseconds(limit) : null;
}
