namespace Tripos.Evaluation.Writing;

/// <summary>Whether an answer is about its question, by the words they share.</summary>
/// <param name="Shared">Different topical words of the question that stand in the answer.</param>
/// <param name="Topical">Topical words of the question.</param>
/// <param name="Missing">Those that do not stand in the answer, as the question has them.</param>
/// <param name="Spread">Share of the answer's sentences with at least one of them, in [0, 1].</param>
internal sealed record Relevance(int Shared, int Topical, IReadOnlyList<string> Missing, double Spread)
{
    private const int LongText = 25;

    // Words by which questions ask; they belong to no topic.
    private static readonly HashSet<string> Asking = [.. WordLists.Rule("asking").Select(Stems.Of)];

    /// <summary>In [0, 1]; 1 where the question has no topical words.</summary>
    public double Share => Topical == 0 ? 1 : (double)Shared / Topical;

    /// <summary>Hardly a word of the question: few of a short one in few sentences, or next to none of a long text.</summary>
    public bool IsOff => (Topical >= 3 && (Shared <= 1 || Share < 0.2) && Spread < 0.3) || (Topical >= LongText && Shared <= 1);

    public static Relevance Of(WrittenText answer, string question)
    {
        var topical = WrittenText.Of(question).Words.Where(word => word.IsContent && !Asking.Contains(word.Stem)).DistinctBy(word => word.Stem).ToList();
        var sought = topical.Select(word => word.Stem).ToHashSet();
        var own = answer.ContentStems();
        int on = answer.Sentences.Count(sentence => answer.In(sentence).Any(word => sought.Contains(word.Stem)));
        return new(sought.Count(own.Contains), sought.Count, [.. topical.Where(word => !own.Contains(word.Stem)).Select(word => word.Lower)], answer.Sentences.Count == 0 ? 0 : (double)on / answer.Sentences.Count);
    }
}
