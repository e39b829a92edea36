namespace Tripos.Evaluation.Writing;

/// <summary>How a text holds together, as far as it can be counted.</summary>
/// <param name="Functions">What its connectives do (addition, contrast, cause, example, order, conclusion, condition, relation), each with its places.</param>
/// <param name="MeanLength">Words per sentence.</param>
/// <param name="Spread">Standard deviation of the lengths of its sentences, in words.</param>
/// <param name="SameOpenings">Share of sentences that begin with the same word as another of the last three, in [0, 1].</param>
/// <param name="Linked">Share of sentences that take up a word of the sentence before or begin with a reference such as “this”, in [0, 1].</param>
internal sealed record Cohesion(IReadOnlyDictionary<string, List<PhraseList.Hit>> Functions, double MeanLength, double Spread, double SameOpenings, double Linked)
{
    private static readonly PhraseList Connectives = PhraseList.Read("connectives.txt");
    private static readonly HashSet<string> References = ["this", "these", "such", "it", "they", "he", "she", "both", "that", "those", "here", "there", "one", "another", "neither", "none"];

    /// <summary>Connectives that join thoughts, without relative words.</summary>
    public int Links => Functions.Where(function => function.Key != "relation").Sum(function => function.Value.Count);

    public int Of(string function) => Functions.TryGetValue(function, out var hits) ? hits.Count : 0;

    public static Cohesion In(WrittenText text)
    {
        var functions = Connectives.In(text).GroupBy(hit => hit.Group).ToDictionary(group => group.Key, group => group.ToList());
        double count = Math.Max(1, text.Sentences.Count);
        double mean = text.Words.Count / count;
        double spread = Math.Sqrt(text.Sentences.Sum(sentence => (sentence.Count - mean) * (sentence.Count - mean)) / count);
        int same = 0, linked = 0;
        for (int i = 1; i < text.Sentences.Count; i++)
        {
            string opening = text.Words[text.Sentences[i].First].Lower;
            same += Enumerable.Range(Math.Max(0, i - 3), Math.Min(3, i)).Any(j => text.Words[text.Sentences[j].First].Lower == opening) ? 1 : 0;
            linked += IsLinked(text, i, opening) ? 1 : 0;
        }

        return new(functions, mean, spread, same / count, text.Sentences.Count < 2 ? 1 : linked / (count - 1));
    }

    private static bool IsLinked(WrittenText text, int sentence, string opening) =>
        References.Contains(opening) || text.ContentStems(text.Sentences[sentence - 1]) is var before && text.In(text.Sentences[sentence]).Any(word => before.Contains(word.Stem));
}
