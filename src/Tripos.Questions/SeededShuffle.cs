namespace Tripos.Questions;

/// <summary>Shuffles that come out the same for the same seed on every machine and in every version of .NET.</summary>
public static class SeededShuffle
{
    /// <summary>The items in an order that depends only on their number, the seed and the stream.</summary>
    /// <param name="items">Any list; it is not changed.</param>
    /// <param name="seed">The attempt's seed.</param>
    /// <param name="stream">Tells apart several shuffles under one seed, such as the position of an item.</param>
    /// <returns>A new array with the same items; every order is equally likely over all seeds.</returns>
    /// <remarks>Fisher-Yates (Durstenfeld 1964) driven by SplitMix64 (Steele, Lea, Flood 2014).</remarks>
    public static T[] Order<T>(IReadOnlyList<T> items, long seed, int stream)
    {
        T[] shuffled = [.. items];
        ulong state = unchecked((ulong)seed + ((ulong)stream * 0x9E3779B97F4A7C15UL));
        for (int i = shuffled.Length - 1; i > 0; i--)
        {
            int j = (int)(((UInt128)Next(ref state) * (ulong)(i + 1)) >> 64);
            (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
        }

        return shuffled;
    }

    private static ulong Next(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15UL);
        ulong z = state;
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
