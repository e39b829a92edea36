namespace Tripos.Spacing;

/// <summary>A card as the planners see it: its memory and two study days (<see cref="StudyDay"/>).</summary>
/// <param name="Memory">What is known of the memory; the default for a card nobody has seen.</param>
/// <param name="LastDay">The study day of its last review; not used for a new card.</param>
/// <param name="DueDay">The study day it is due.</param>
/// <param name="Weight">How much remembering it is worth compared with others; &gt;= 0.</param>
public readonly record struct PlannedCard(MemoryState Memory, int LastDay, int DueDay, double Weight = 1)
{
    /// <summary>Whether nobody has seen it.</summary>
    public bool IsNew => Memory.StabilityDays == 0;

    /// <summary>A card of the schedule for the planners.</summary>
    /// <param name="card">The card.</param>
    /// <param name="dayStartsAt">When a study day starts, as in <see cref="StudyDay.Of"/>.</param>
    /// <param name="weight">How much it is worth.</param>
    public static PlannedCard Of(in Card card, TimeSpan dayStartsAt, double weight = 1) =>
        new(card.Memory, StudyDay.Of(card.LastReviewAt ?? card.DueAt, dayStartsAt), StudyDay.Of(card.DueAt, dayStartsAt), weight);

    /// <summary>A card nobody has seen.</summary>
    /// <param name="weight">How much it is worth.</param>
    public static PlannedCard New(double weight = 1) => new(default, 0, 0, weight);

    internal double RecallOn(Fsrs model, int day) => IsNew ? 0 : model.Retrievability(Math.Max(day - LastDay, 0), Memory.StabilityDays);
}
