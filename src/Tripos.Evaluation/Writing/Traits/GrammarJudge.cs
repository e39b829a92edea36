namespace Tripos.Evaluation.Writing;

/// <summary>Grammar and punctuation: how many mistakes the rules see, and whether there is anything beside short, simple sentences to make them in.</summary>
internal static class GrammarJudge
{
    public static Judged Judge(Examination x)
    {
        double control = Ramp.At(x.Density, (0.3, 1), (1.2, 0.78), (2.6, 0.5), (4.5, 0.24), (7, 0));
        double complex = x.OneSentence ? Ramp.At(x.Written.Words.Count, (8, 0.5), (20, 1)) : Complexity(x);
        double share = Math.Min(control, 0.25 + (0.75 * complex)) * Ramp.At(x.Written.Words.Count, (0, 0), (x.Expected * 0.35, 1));
        var (evidence, suggestions) = Judged.Of(x.Grammar, x);
        string mistakes = x.Grammar.Count == 0 ? "The rules see no mistake." : $"The rules see {Judged.Count(x.Grammar.Count, "mistake")} in {Judged.Count(x.Written.Words.Count, "word")}.";
        string simple = complex < 0.5 ? " The sentences are short and simple." : "";
        if (complex < 0.5 && RangeJudge.Shortest(x) is { } pair)
        {
            evidence = [.. evidence, new("short, simple sentences", x.At(x.Own, pair))];
        }

        return new(share, $"{mistakes}{simple} Articles, prepositions and tenses are judged in part only.", evidence, suggestions);
    }

    /// <summary>From 0 for short main clauses to 1 for sentences of varied length with subordinate clauses.</summary>
    internal static double Complexity(Examination x)
    {
        var cohesion = x.Cohesion;
        double clauses = (cohesion.Of("relation") + cohesion.Of("cause") + cohesion.Of("condition") + (0.5 * cohesion.Of("contrast"))) / Math.Max(1.0, x.Own.Sentences.Count);
        return (Ramp.At(cohesion.MeanLength, (7, 0), (15, 1)) + Ramp.At(clauses, (0.2, 0), (1, 1)) + Ramp.At(cohesion.Spread, (2, 0), (6, 1))) / 3;
    }
}
