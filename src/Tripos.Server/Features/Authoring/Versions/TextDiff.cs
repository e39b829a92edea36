using System.Text.RegularExpressions;

namespace Tripos.Server.Features.Authoring;

public enum DiffKind { Same, Removed, Added }

/// <summary>A stretch of text that is in both, only in the old or only in the new one.</summary>
public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>What changed between two texts, word by word.</summary>
public static partial class TextDiff
{
    /// <summary>Past so many words times words the texts are shown whole; about 30 ms.</summary>
    private const int MostWork = 4_000_000;

    /// <summary>The old text is the parts that are not added, the new one those that are not removed.</summary>
    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        string[] old = Tokens(before), fresh = Tokens(after);
        int start = 0, end = 0;
        while (start < old.Length && start < fresh.Length && old[start] == fresh[start])
        {
            start++;
        }

        while (end < old.Length - start && end < fresh.Length - start && old[^(end + 1)] == fresh[^(end + 1)])
        {
            end++;
        }

        List<(DiffKind Kind, string Text)> parts = [(DiffKind.Same, string.Concat(old[..start]))];
        parts.AddRange(Middle(old[start..^end], fresh[start..^end]));
        parts.Add((DiffKind.Same, string.Concat(old[^end..])));
        return Joined(parts);
    }

    private static IEnumerable<(DiffKind, string)> Middle(string[] old, string[] fresh)
    {
        if ((long)old.Length * fresh.Length > MostWork)
        {
            return [(DiffKind.Removed, string.Concat(old)), (DiffKind.Added, string.Concat(fresh))];
        }

        // The longest common subsequence, from the end (Wagner and Fischer 1974).
        int[,] length = new int[old.Length + 1, fresh.Length + 1];
        for (int i = old.Length - 1; i >= 0; i--)
        {
            for (int j = fresh.Length - 1; j >= 0; j--)
            {
                length[i, j] = old[i] == fresh[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
            }
        }

        return Walk(old, fresh, length);
    }

    private static IEnumerable<(DiffKind, string)> Walk(string[] old, string[] fresh, int[,] length)
    {
        int i = 0, j = 0;
        while (i < old.Length || j < fresh.Length)
        {
            if (i < old.Length && j < fresh.Length && old[i] == fresh[j])
            {
                yield return (DiffKind.Same, old[i]);
                i++;
                j++;
            }
            else if (j == fresh.Length || (i < old.Length && length[i + 1, j] >= length[i, j + 1]))
            {
                yield return (DiffKind.Removed, old[i++]);
            }
            else
            {
                yield return (DiffKind.Added, fresh[j++]);
            }
        }
    }

    private static List<DiffPart> Joined(IEnumerable<(DiffKind Kind, string Text)> parts)
    {
        List<DiffPart> joined = [];
        foreach (var (kind, text) in parts.Where(part => part.Text.Length > 0))
        {
            if (joined is [.., { } last] && last.Kind == kind)
            {
                joined[^1] = last with { Text = last.Text + text };
            }
            else
            {
                joined.Add(new(kind, text));
            }
        }

        return joined;
    }

    private static string[] Tokens(string text) => [.. Token().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\w+|\s+|[^\w\s]")]
    private static partial Regex Token();
}
