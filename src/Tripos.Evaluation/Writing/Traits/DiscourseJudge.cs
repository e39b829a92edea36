namespace Tripos.Evaluation.Writing;

/// <summary>Development, structure and coherence: paragraphs, what connectives do, how sentences take each other up.</summary>
internal static class DiscourseJudge
{
    private static readonly string[] Wanted = ["contrast", "cause", "example", "conclusion", "addition"];

    public static Judged Judge(Examination x)
    {
        var cohesion = x.Cohesion;
        double size = Ramp.At(x.Own.Words.Count, (x.Expected * 0.3, 0), (x.Expected * 0.75, 0.6), (x.Expected, 1));
        double structure = x.Expected >= 120 ? Ramp.At(x.Own.Paragraphs.Count, (1, 0.1), (2, 0.4), (3, 0.8), (4, 1), (7, 1), (12, 0.4)) * Ramp.At(Smallest(x), (0, 0.6), (25, 1)) : 1;
        double functions = Ramp.At(Wanted.Count(name => cohesion.Of(name) > 0), (0, 0), (2, 0.4), (4, 0.9), (5, 1));
        double linked = Ramp.At(cohesion.Linked, (0.2, 0), (0.7, 1)) * Ramp.At(cohesion.SameOpenings, (0.15, 1), (0.5, 0.4));
        double complex = GrammarJudge.Complexity(x);
        double share = Ramp.At((0.25 * size) + (0.25 * structure) + (0.2 * functions) + (0.1 * linked) + (0.2 * complex), (0.2, 0.05), (0.65, 0.35), (0.85, 0.68), (0.92, 0.95)) * Ramp.At(x.Own.Words.Count, (0, 0), (x.Expected * 0.5, 1)) * Ramp.At(x.Density, (2, 1), (8, 0.7));
        string names = string.Join(", ", Wanted.Where(name => cohesion.Of(name) > 0));
        return new(share, $"{Judged.Count(x.Own.Paragraphs.Count, "paragraph")}, {Judged.Count(x.Own.Sentences.Count, "sentence")}; connectives for {(names.Length > 0 ? names : "nothing")}.", Evidence(x), Suggestions(x));
    }

    private static double Smallest(Examination x) => x.Own.Paragraphs.Count == 0 ? 0 : x.Own.Paragraphs.Min(paragraph => paragraph.Count);

    private static IReadOnlyList<Evidence> Evidence(Examination x) =>
        [.. Wanted.Where(name => x.Cohesion.Of(name) > 0).SelectMany(name => x.Cohesion.Functions[name].Take(2).Select(hit => (name, hit))).OrderBy(item => item.hit.First)
            .Select(item => new Evidence(item.name, x.At(x.Own.PlaceOf(item.hit.First, item.hit.Last))) { IsGood = true }),
         .. SameOpenings(x).Take(3).Select(word => new Evidence("begins like a sentence just before", x.At(word))),
         .. x.Expected >= 120 && x.Own.Paragraphs.Count < 3 ? (Evidence[])[new(x.Own.Paragraphs.Count == 1 ? "all in one paragraph" : "few paragraphs")] : [],
         .. Wanted.Where(name => x.Cohesion.Of(name) == 0).Select(name => new Evidence($"not found: a connective for {name}"))];

    // Counted in Cohesion.SameOpenings.
    private static IEnumerable<Word> SameOpenings(Examination x)
    {
        var openings = x.Own.Sentences.Select(sentence => x.Own.Words[sentence.First]).ToList();
        return openings.Where((word, i) => Enumerable.Range(Math.Max(0, i - 3), Math.Min(3, i)).Any(j => openings[j].Lower == word.Lower));
    }

    private static List<Suggestion> Suggestions(Examination x)
    {
        List<Suggestion> suggestions = [];
        if (x.Expected >= 120 && x.Own.Paragraphs.Count < 3 && x.Own.Sentences.Count > 3)
        {
            suggestions.Add(new("Begin a new paragraph for each main idea, for example here.", null, x.At(x.Own, x.Own.Sentences[x.Own.Sentences.Count / 3])));
        }

        if (x.Cohesion.Of("example") == 0 && x.Expected >= 120 && x.Own.Sentences.Count > 3)
        {
            suggestions.Add(new("Support this point with a concrete example.", null, x.At(x.Own, x.Own.Sentences[x.Own.Sentences.Count / 2])));
        }

        if (x.Cohesion.Of("contrast") == 0 && x.Expected >= 120)
        {
            suggestions.Add(new("Say what speaks against your view, and answer it."));
        }

        return suggestions;
    }
}
