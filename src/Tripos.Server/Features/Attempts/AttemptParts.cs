using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

/// <summary>The parts of an attempt: pure arithmetic over slots in order.</summary>
public static class AttemptParts
{
    /// <summary>How long a learner may rest between two parts before the whole attempt runs out, in ms.</summary>
    public const long LongestRestMs = 10 * 60_000;

    /// <summary>The slots in the order of the attempt: part by part where there are parts, shuffled within them where the test says so.</summary>
    public static IReadOnlyList<StartableSlot> Order(IReadOnlyList<StartableSlot> slots, TestPolicy policy, long seed)
    {
        var shuffled = policy.ShuffleQuestions ? SeededShuffle.Order(slots, seed, stream: 0) : slots;
        return policy.Parts is not { Count: > 0 } parts
            ? shuffled
            : [.. shuffled.OrderBy(slot => parts.Index().FirstOrDefault(part => part.Item.Section == slot.Section, (parts.Count, null!)).Index)];
    }

    /// <summary>Where each part stands; null where the test has none. Slots of no part belong to the last one.</summary>
    /// <param name="ordered">As <see cref="Order"/> returns them.</param>
    public static IReadOnlyList<AttemptPart>? Of(IReadOnlyList<StartableSlot> ordered, TestPolicy policy)
    {
        if (policy.Parts is not { Count: > 0 } rules)
        {
            return null;
        }

        List<AttemptPart> parts = [];
        int first = 1;
        foreach (var rule in rules)
        {
            int count = rule == rules[^1] ? ordered.Count - first + 1 : ordered.Count(slot => slot.Section == rule.Section);
            if (count > 0)
            {
                parts.Add(new AttemptPart((short)(parts.Count + 1), rule.Title, (short)first, (short)(first + count - 1), rule.TimeLimitMs));
                first += count;
            }
        }

        return parts.Count == 0 ? null : parts;
    }

    /// <summary>The most time all parts and the rests between them can take; null when a part has no clock.</summary>
    public static long? LongestMs(IReadOnlyList<AttemptPart>? parts) =>
        parts is null || parts.Any(part => part.TimeLimitMs is null) ? null : parts.Sum(part => part.TimeLimitMs!.Value) + (parts.Count * LongestRestMs);
}
