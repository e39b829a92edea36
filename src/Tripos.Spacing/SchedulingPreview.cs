namespace Tripos.Spacing;

/// <summary>What a card becomes with each of the four answers.</summary>
/// <param name="Again">After <see cref="Recall.Again"/>.</param>
/// <param name="Hard">After <see cref="Recall.Hard"/>.</param>
/// <param name="Good">After <see cref="Recall.Good"/>.</param>
/// <param name="Easy">After <see cref="Recall.Easy"/>.</param>
public readonly record struct SchedulingPreview(Card Again, Card Hard, Card Good, Card Easy)
{
    /// <summary>The card after one of the answers.</summary>
    /// <param name="recall">The answer.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="recall"/> is none of the four.</exception>
    public Card this[Recall recall] => recall switch
    {
        Recall.Again => Again,
        Recall.Hard => Hard,
        Recall.Good => Good,
        Recall.Easy => Easy,
        _ => throw new ArgumentOutOfRangeException(nameof(recall), recall, "An answer is Again, Hard, Good or Easy."),
    };
}
