namespace Tripos.Evaluation.Speech;

/// <summary>A word that was heard, before it is compared with a script.</summary>
/// <param name="Word">Lower case; <see cref="Unclear"/> where something was said that could not be made out.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends.</param>
/// <param name="Sureness">In [0, 1]; null where the recogniser does not say.</param>
public sealed record SpokenWord(string Word, int StartMs, int EndMs, double? Sureness = null)
{
    /// <summary>Stands for words that could not be made out.</summary>
    public const string Unclear = "…";
}

/// <summary>A word that was heard and the word of the script it stands for.</summary>
/// <param name="Heard">The word.</param>
/// <param name="Index">In the script; -1 for words that stand for none of it.</param>
public sealed record AlignedWord(HeardWord Heard, int Index);

/// <summary>A word of the script that was not heard.</summary>
/// <param name="Index">In the script.</param>
/// <param name="Word">The word.</param>
/// <param name="AtMs">Where it should have been.</param>
public sealed record OmittedWord(int Index, string Word, int AtMs);

/// <summary>What was heard against what should have been said.</summary>
/// <param name="Words">In the order they were heard.</param>
/// <param name="Omitted">In the order of the script.</param>
public sealed record ScriptAlignment(IReadOnlyList<AlignedWord> Words, IReadOnlyList<OmittedWord> Omitted)
{
    private const int NearBy = 4; // how far back a repeated word is looked for

    /// <summary>How many words stand as the script has them. Words of the script that cannot be compared are not among them.</summary>
    public int Right { get; private init; }

    /// <summary>How many words of the script can be compared.</summary>
    public int Compared { get; private init; }

    /// <summary>How many words are in the script's place but others.</summary>
    public int Replaced => Count(HeardAs.Replaced);

    /// <summary>How many words are not in the script and were not said before.</summary>
    public int Inserted => Count(HeardAs.Inserted);

    /// <summary>How many words were said again.</summary>
    public int Repeated => Count(HeardAs.Repeated);

    /// <summary>Aligns by the fewest words left out, added or replaced (Levenshtein); hesitations and words said again do not count as additions.</summary>
    /// <param name="script">The words that should be said.</param>
    /// <param name="heard">The words that were heard, in order.</param>
    public static ScriptAlignment Of(IReadOnlyList<ScriptWord> script, IReadOnlyList<SpokenWord> heard)
    {
        int[,] costs = Costs(script, heard);
        List<AlignedWord> words = [];
        List<OmittedWord> omitted = [];
        int i = script.Count, j = heard.Count;
        while (i > 0 || j > 0)
        {
            if (j > 0 && costs[i, j] == costs[i, j - 1] + Addition) // first: of a word said twice, the second one is too much
            {
                j--;
                words.Add(new(As(heard[j], Extra(heard, j)), -1));
            }
            else if (i > 0 && j > 0 && costs[i, j] == costs[i - 1, j - 1] + Exchange(script[i - 1], heard[j - 1]))
            {
                words.Add(new(As(heard[j - 1], Stands(script[i - 1], heard[j - 1]) ? HeardAs.Right : HeardAs.Replaced), i - 1));
                i--;
                j--;
            }
            else
            {
                i--;
                if (script[i].IsKnown)
                {
                    omitted.Add(new(i, script[i].Word, j > 0 ? heard[j - 1].EndMs : heard is [var first, ..] ? first.StartMs : 0));
                }
            }
        }

        words.Reverse();
        omitted.Reverse();
        return new(words, omitted)
        {
            Right = words.Count(word => word.Index >= 0 && word.Heard.As == HeardAs.Right && script[word.Index].IsKnown),
            Compared = script.Count(word => word.IsKnown),
        };
    }

    // Replacing costs a little less than leaving out and adding, so that words in the same place meet.
    private const int Addition = 10;
    private const int Replacement = 15;
    private const int Guess = 4; // a word whose sound nobody knows may be anything that was heard there

    private static int[,] Costs(IReadOnlyList<ScriptWord> script, IReadOnlyList<SpokenWord> heard)
    {
        int[,] costs = new int[script.Count + 1, heard.Count + 1];
        for (int i = 0; i <= script.Count; i++)
        {
            for (int j = 0; j <= heard.Count; j++)
            {
                int best = i == 0 && j == 0 ? 0 : int.MaxValue;
                best = i > 0 ? Math.Min(best, costs[i - 1, j] + Omission(script[i - 1])) : best;
                best = j > 0 ? Math.Min(best, costs[i, j - 1] + Addition) : best;
                costs[i, j] = i > 0 && j > 0 ? Math.Min(best, costs[i - 1, j - 1] + Exchange(script[i - 1], heard[j - 1])) : best;
            }
        }

        return costs;
    }

    private static int Omission(ScriptWord word) => word.IsKnown ? Addition : 0;

    private static int Exchange(ScriptWord word, SpokenWord heard) => Stands(word, heard) ? word.IsKnown ? 0 : Guess : Replacement;

    private static bool Stands(ScriptWord word, SpokenWord heard) => !word.IsKnown || word.Word == heard.Word;

    private static HeardAs Extra(IReadOnlyList<SpokenWord> heard, int at)
    {
        string word = heard[at].Word;
        bool isNear = word != SpokenWord.Unclear && Enumerable.Range(1, NearBy).Any(far =>
            (at >= far && heard[at - far].Word == word) || (at + far < heard.Count && heard[at + far].Word == word));
        return SpokenText.IsFiller(word) ? HeardAs.Filler : isNear ? HeardAs.Repeated : HeardAs.Inserted;
    }

    private static HeardWord As(SpokenWord word, HeardAs what) => new(word.Word, word.StartMs, word.EndMs, word.Sureness, what);

    private int Count(HeardAs what) => Words.Count(word => word.Heard.As == what);
}
