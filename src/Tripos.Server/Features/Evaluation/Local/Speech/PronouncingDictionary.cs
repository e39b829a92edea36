namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Looks words up in the recogniser's dictionary. The file is read anew each time: 3 MB, a moment beside the recognition, and nothing to keep in memory.</summary>
internal static class PronouncingDictionary
{
    /// <returns>The words it has, each with its pronunciations.</returns>
    public static async Task<Dictionary<string, IReadOnlyList<string>>> LookUpAsync(IEnumerable<string> words, SpeechTools tools, CancellationToken ct)
    {
        HashSet<string> wanted = [.. words];
        Dictionary<string, IReadOnlyList<string>> found = new(StringComparer.Ordinal);
        await foreach (string line in File.ReadLinesAsync(tools.Dictionary, ct))
        {
            int end = line.IndexOf(' ', StringComparison.Ordinal);
            if (end <= 0)
            {
                continue;
            }

            string word = line[..(line.IndexOf('(', 0, end) is > 0 and var at ? at : end)]; // "read(2)" is another way to say "read"
            if (wanted.Contains(word))
            {
                found[word] = [.. found.GetValueOrDefault(word, []), line[(end + 1)..].Trim()];
            }
        }

        return found;
    }
}
