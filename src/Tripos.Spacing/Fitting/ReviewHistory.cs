namespace Tripos.Spacing;

/// <summary>One line of a review log.</summary>
/// <typeparam name="TCard">What identifies a card.</typeparam>
/// <param name="Card">The card.</param>
/// <param name="Recall">How it went.</param>
/// <param name="AtUtc">When (UTC).</param>
public readonly record struct LoggedReview<TCard>(TCard Card, Recall Recall, DateTime AtUtc)
    where TCard : notnull;

/// <summary>A review log ordered for fitting: each card's reviews with the days between them, and the order in which all took place.</summary>
/// <remarks>
/// A review counts as an item to predict when it took place at least one study day after the card's review before it ("long review").
/// Same-day reviews change the memory but are not predicted.
/// </remarks>
public sealed class ReviewHistory
{
    private ReviewHistory(int[] cardStarts, byte[] ratings, int[] days, int[] items)
    {
        CardStarts = cardStarts;
        Ratings = ratings;
        Days = days;
        Items = items;
    }

    /// <summary>Reviews in the log.</summary>
    public int ReviewCount => Ratings.Length;

    /// <summary>Cards in the log.</summary>
    public int CardCount => CardStarts.Length - 1;

    /// <summary>Reviews that can be predicted.</summary>
    public int ItemCount => Items.Length;

    // Reviews lie card by card; those of card c from CardStarts[c] up to CardStarts[c + 1].
    internal int[] CardStarts { get; }

    internal byte[] Ratings { get; }

    // Study days since the card's review before; 0 for its first.
    internal int[] Days { get; }

    // Places of the long reviews, in the order in which they took place.
    internal int[] Items { get; }

    /// <summary>Orders a log.</summary>
    /// <typeparam name="TCard">What identifies a card.</typeparam>
    /// <param name="reviews">The reviews in any order; those at the same instant stay in the order given. Ratings that are not 1 to 4 are left out.</param>
    /// <param name="dayStartsAt">When a study day starts, as UTC; as in <see cref="StudyDay.Of"/>.</param>
    /// <returns>The history.</returns>
    public static ReviewHistory Of<TCard>(IEnumerable<LoggedReview<TCard>> reviews, TimeSpan dayStartsAt = default)
        where TCard : notnull
    {
        var cards = new Dictionary<TCard, List<(Recall Recall, int Day, int Place)>>();
        int place = 0;
        foreach (var review in reviews.Where(review => review.Recall is >= Recall.Again and <= Recall.Easy).OrderBy(review => review.AtUtc))
        {
            if (!cards.TryGetValue(review.Card, out var seen))
            {
                cards[review.Card] = seen = [];
            }

            seen.Add((review.Recall, StudyDay.Of(review.AtUtc, dayStartsAt), place++));
        }

        return Flatten([.. cards.Values], place);
    }

    internal int CardOf(int review)
    {
        int found = Array.BinarySearch(CardStarts, review);
        return found >= 0 ? found : ~found - 1;
    }

    private static ReviewHistory Flatten(List<(Recall Recall, int Day, int Place)>[] cards, int count)
    {
        int[] starts = new int[cards.Length + 1], days = new int[count], byTime = new int[count];
        byte[] ratings = new byte[count];
        for (int card = 0; card < cards.Length; card++)
        {
            int at = starts[card];
            foreach (var (recall, day, place) in cards[card])
            {
                ratings[at] = (byte)recall;
                days[at] = at == starts[card] ? 0 : day - cards[card][at - starts[card] - 1].Day;
                byTime[place] = at++;
            }

            starts[card + 1] = at;
        }

        return new(starts, ratings, days, [.. byTime.Where(at => days[at] > 0)]);
    }
}
