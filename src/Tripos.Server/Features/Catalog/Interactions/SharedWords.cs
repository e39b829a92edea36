namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Which words of a text stand in another one too, in the same order: their longest common subsequence.</summary>
public static class SharedWords
{
    public static string[] Split(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Every word of the text as it is written, and whether the other text has it in its place. Case and punctuation do not matter.</summary>
    public static IEnumerable<(string Word, bool Found)> Of(string text, string other)
    {
        string[] words = Split(text), mine = [.. words.Select(Bare)], theirs = [.. Split(other).Select(Bare)];
        int[,] longest = new int[mine.Length + 1, theirs.Length + 1]; // of what is left from both places
        for (int i = mine.Length - 1; i >= 0; i--)
        {
            for (int j = theirs.Length - 1; j >= 0; j--)
            {
                longest[i, j] = mine[i] == theirs[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < mine.Length; i++)
        {
            while (j < theirs.Length && mine[i] != theirs[j] && longest[i, j + 1] == longest[i, j])
            {
                j++;
            }

            bool found = j < theirs.Length && mine[i] == theirs[j];
            j += found ? 1 : 0;
            yield return (words[i], found || mine[i].Length == 0);
        }
    }

    private static string Bare(string word) => string.Concat(word.Where(c => char.IsLetterOrDigit(c) || c is '\'' or '-')).ToLowerInvariant();
}
