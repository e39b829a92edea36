namespace Tripos.Spacing;

/// <summary>Where a card stands in the schedule; the numbers are those of ts-fsrs.</summary>
public enum CardState
{
    /// <summary>Never seen.</summary>
    New = 0,

    /// <summary>Seen, on the first short steps.</summary>
    Learning = 1,

    /// <summary>Learnt, coming back after days.</summary>
    Review = 2,

    /// <summary>Forgotten, on short steps again.</summary>
    Relearning = 3,
}

/// <summary>Everything the schedule knows about one card.</summary>
public readonly record struct Card
{
    /// <summary>Where it stands.</summary>
    public CardState State { get; init; }

    /// <summary>Stability in days; 0 for a new card.</summary>
    public double StabilityDays { get; init; }

    /// <summary>Difficulty in [1, 10]; 0 for a new card.</summary>
    public double Difficulty { get; init; }

    /// <summary>When to show it next (UTC).</summary>
    public DateTime DueAt { get; init; }

    /// <summary>When it was last reviewed (UTC); null for a new card.</summary>
    public DateTime? LastReviewAt { get; init; }

    /// <summary>The step it is on while learning or relearning, from 0; 0 otherwise.</summary>
    public int Step { get; init; }

    /// <summary>Reviews so far.</summary>
    public int Reps { get; init; }

    /// <summary>Times it was forgotten after having been learnt.</summary>
    public int Lapses { get; init; }

    /// <summary>Whole days between the last review and <see cref="DueAt"/>; 0 on a step shorter than a day.</summary>
    public int ScheduledDays { get; init; }

    /// <summary>What is known of the memory; both numbers are 0 for a new card.</summary>
    public MemoryState Memory => new(StabilityDays, Difficulty);

    /// <summary>A card nobody has seen.</summary>
    /// <param name="dueAt">When to show it first (UTC).</param>
    public static Card New(DateTime dueAt) => new() { DueAt = dueAt };
}
