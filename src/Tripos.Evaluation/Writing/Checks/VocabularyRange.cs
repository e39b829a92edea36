namespace Tripos.Evaluation.Writing;

/// <summary>How many different and how many less common words a text uses.</summary>
/// <param name="Diversity">MTLD; null for short texts.</param>
/// <param name="Rare">Share of different content words that are not among the commonest and not of the question, in [0, 1].</param>
/// <param name="RareWords">Those words.</param>
/// <param name="Distinct">Different content words.</param>
/// <param name="MeanLetters">Mean length of content words, in letters.</param>
/// <param name="Overused">The content word used most often, where it is used more often than its length allows; null for none.</param>
internal sealed record VocabularyRange(double? Diversity, double Rare, IReadOnlyList<Word> RareWords, int Distinct, double MeanLetters, IReadOnlyList<Word>? Overused)
{
    private const double MostOften = 0.02; // of all words
    private const int AtLeast = 4;

    /// <param name="text">The text.</param>
    /// <param name="question">What the learner was shown: its words are not their own.</param>
    /// <param name="misspelled">Words that do not count as rare, in small letters.</param>
    public static VocabularyRange In(WrittenText text, WrittenText question, IReadOnlySet<string> misspelled)
    {
        var shown = question.ContentStems();
        var content = text.Words.Where(word => word.IsContent).ToList();
        var distinct = content.DistinctBy(word => word.Stem).ToList();
        List<Word> rare = [.. distinct.Where(word => word.Lower.Length > 4 && !WordLists.IsCommon(word) && !shown.Contains(word.Stem) && !misspelled.Contains(word.Lower) && !IsName(text, word))];
        var overused = content.Where(word => !shown.Contains(word.Stem)).GroupBy(word => word.Stem).Where(group => group.Count() >= Math.Max(AtLeast, text.Words.Count * MostOften)).MaxBy(group => group.Count());
        return new(LexicalDiversity.Of([.. text.Words.Select(word => word.Lower)]), distinct.Count == 0 ? 0 : (double)rare.Count / distinct.Count, rare, distinct.Count,
            content.Count == 0 ? 0 : content.Average(word => word.Lower.Length), overused?.ToList());
    }

    // A capital inside a sentence.
    private static bool IsName(WrittenText text, Word word)
    {
        int before = word.Start - 1;
        while (before >= 0 && char.IsWhiteSpace(text.Text[before]))
        {
            before--;
        }

        return char.IsUpper(text.Text[word.Start]) && before >= 0 && (char.IsLetter(text.Text[before]) || text.Text[before] == ',');
    }
}
