using System.Runtime.CompilerServices;
using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>One point for each word of the sentence that is typed, correctly spelled and in its place among the others.</summary>
/// <remarks>The longest common subsequence of the two rows of words aligns them: a missing or an extra word costs only itself.</remarks>
internal static class DictationScoring
{
    private static readonly ConditionalWeakTable<Dictation, string[]> Sentences = [];

    public static double Words(Dictation body) => Math.Max(1, WordsOf(body).Length);

    public static ItemScore SpelledWords(Dictation body, JsonElement response)
    {
        string[] asked = WordsOf(body);
        return ItemScore.Of(Common(asked, response.GetProperty("text").GetString()!), Math.Max(1, asked.Length));
    }

    private static string[] WordsOf(Dictation body) => Sentences.GetValue(body, static dictation => [.. SpelledText.WordsOf(dictation.Sentence!)]);

    private static int Common(string[] asked, string typed)
    {
        Span<int> row = asked.Length < 128 ? stackalloc int[asked.Length + 1] : new int[asked.Length + 1];
        row.Clear();
        var words = new SpelledText(typed);
        while (words.Next(out var word))
        {
            int diagonal = 0;
            for (int i = 1; i <= asked.Length; i++)
            {
                int above = row[i];
                row[i] = word.Equals(asked[i - 1], StringComparison.OrdinalIgnoreCase) ? diagonal + 1 : Math.Max(above, row[i - 1]);
                diagonal = above;
            }
        }

        return row[asked.Length];
    }
}
