namespace Tripos.Scoring;

/// <summary>How much of an answer was taken from its question, by runs of five words.</summary>
/// <param name="Share">Share of the answer's runs of five words that also stand in the question, in [0, 1]; 0 for fewer than five words.</param>
/// <param name="LongestRun">The longest run of words in both, as the answer has them; empty below five words.</param>
internal sealed record Copying(double Share, string LongestRun)
{
    public const string Flag = "copied";
    private const int Run = 5;
    private const int Shown = 120;

    public string Evidence =>
        $"{Math.Round(Share * 100):0} % of its runs of five words also stand in the question; the longest has {LongestRun.Split(' ').Length} words: “{(LongestRun.Length > Shown ? $"{LongestRun[..Shown]}…" : LongestRun)}”";

    public static Copying Between(string answer, string question)
    {
        string[] written = [.. SpelledText.WordsOf(answer)], read = [.. SpelledText.WordsOf(question)];
        if (written.Length < Run || read.Length < Run)
        {
            return new(0, "");
        }

        // Numbers instead of words, so that comparing every word with every other is cheap.
        Dictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
        int[] own = [.. written.Select(word => numbers.TryAdd(word, numbers.Count) ? numbers.Count - 1 : numbers[word])];

        // ends[i]: length of the longest common run that ends with the answer's word i
        int[] ends = new int[written.Length], row = new int[written.Length + 1];
        foreach (string word in read)
        {
            int number = numbers.GetValueOrDefault(word, -1);
            for (int i = written.Length; i > 0; i--)
            {
                row[i] = own[i - 1] == number ? row[i - 1] + 1 : 0;
                ends[i - 1] = Math.Max(ends[i - 1], row[i]);
            }
        }

        int longest = ends.Max(), end = Array.IndexOf(ends, longest) + 1;
        double share = (double)ends.Count(length => length >= Run) / (written.Length - Run + 1);
        return new(share, longest < Run ? "" : string.Join(' ', written[(end - longest)..end]));
    }
}
