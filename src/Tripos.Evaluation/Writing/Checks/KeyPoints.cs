namespace Tripos.Evaluation.Writing;

/// <summary>One thing a complete answer mentions, and where this answer does.</summary>
/// <param name="Says">The key point as its author wrote it.</param>
/// <param name="Found">How much of it stands in one or two neighbouring sentences, in [0, 1].</param>
/// <param name="At">Where; null when hardly a word of it is there.</param>
internal sealed record KeyPoint(string Says, double Found, Place? At)
{
    public const double Enough = 0.5;
}

/// <summary>Looks for key points by the stems of their content words. It knows no synonyms: another word for the same thing is not found.</summary>
internal static class KeyPoints
{
    private static readonly HashSet<string> Abstract = [.. WordLists.Rule("abstract").Select(Stems.Of)];

    /// <param name="points">The author's key points, or the clauses of a model answer.</param>
    /// <param name="text">The answer.</param>
    public static IReadOnlyList<KeyPoint> In(IReadOnlyList<string> points, WrittenText text)
    {
        var sentences = text.Sentences.Select(sentence => text.ContentStems(sentence)).ToList();
        return [.. points.Select(point => Find(point, text, sentences))];
    }

    /// <summary>The key points that can be looked for: “a clear position” and “two reasons” are said without those words.</summary>
    public static IReadOnlyList<string> Literal(IReadOnlyList<string> points) =>
        [.. points.Where(point => WrittenText.Of(point).ContentStems() is { Count: > 0 } stems && !stems.IsSubsetOf(Abstract))];

    /// <summary>The clauses of a model answer that say enough to be looked for.</summary>
    public static IReadOnlyList<string> OfModel(string model)
    {
        var text = WrittenText.Of(model);
        List<string> clauses = [];
        foreach (var sentence in text.Sentences)
        {
            int first = sentence.First;
            for (int i = sentence.First + 1; i <= sentence.End; i++)
            {
                bool ends = i == sentence.End || text.Between(i - 1, i).AsSpan().IndexOfAny(",;:") >= 0;
                if (ends && text.ContentStems(new(first, i)).Count >= 3)
                {
                    clauses.Add(text.Text[text.Words[first].Start..text.Words[i - 1].End]);
                    first = i;
                }
            }
        }

        return clauses;
    }

    private static KeyPoint Find(string point, WrittenText text, List<HashSet<string>> sentences)
    {
        var sought = WrittenText.Of(point).ContentStems();
        if (sought.Count == 0)
        {
            sought = [.. WrittenText.Of(point).Words.Select(word => word.Stem)];
        }

        double best = 0;
        Stretch? at = null;
        for (int i = 0; i < sentences.Count; i++)
        {
            int alone = sought.Count(sentences[i].Contains);
            int together = i + 1 < sentences.Count ? sought.Count(stem => sentences[i].Contains(stem) || sentences[i + 1].Contains(stem)) : 0;
            double found = Math.Max(alone, together - 0.25) / Math.Max(1, sought.Count);
            if (found > best)
            {
                (best, at) = (found, new(text.Sentences[i].First, text.Sentences[together - 0.25 > alone ? i + 1 : i].End));
            }
        }

        return new(point, Math.Clamp(best, 0, 1), best > 0.3 && at is { } place ? Narrowed(text, place, sought) : null);
    }

    // From the first word that was sought to the last: a summary is one long sentence.
    private static Place Narrowed(WrittenText text, Stretch stretch, HashSet<string> sought)
    {
        int first = stretch.First, last = stretch.End - 1;
        while (first < last && !sought.Contains(text.Words[first].Stem))
        {
            first++;
        }

        while (last > first && !sought.Contains(text.Words[last].Stem))
        {
            last--;
        }

        return text.PlaceOf(first, last);
    }
}
