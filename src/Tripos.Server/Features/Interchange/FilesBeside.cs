namespace Tripos.Server.Features.Interchange;

/// <summary>Lets files that came together find each other by their paths.</summary>
public static class FilesBeside
{
    private static readonly string[] MediaEndings = [".ogg", ".opus", ".mp3", ".wav", ".m4a", ".webm", ".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"];

    /// <summary>Whether it is a picture or a sound, which is imported with the exam that names it.</summary>
    public static bool IsMedia(string name) => MediaEndings.Contains(Path.GetExtension(name).ToLowerInvariant());

    /// <summary>The same files, each knowing the others.</summary>
    /// <param name="sources">Files whose names are paths, as in an archive, or bare names, as a browser sends them.</param>
    public static List<ImportSource> Together(IEnumerable<ImportSource> sources)
    {
        var all = sources.ToList();
        var byName = all.GroupBy(source => source.Name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var byLastName = all.ToLookup(source => LastName(source.Name), StringComparer.OrdinalIgnoreCase);
        HashSet<string> named = new(StringComparer.Ordinal);
        ImportSource? Named(ImportSource? found)
        {
            named.Add(found?.Name ?? "");
            return found;
        }

        return [.. all.Select(source => source with { Beside = path => Named(Find(source.Name, path, byName, byLastName)), WasNamed = () => named.Contains(source.Name) })];
    }

    /// <summary>A file on disk below a folder; never one outside of it.</summary>
    public static ImportSource? OnDisk(string folder, string path)
    {
        string root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        string full = Path.GetFullPath(Path.Combine(root, path.Replace('\\', '/')));
        return full.StartsWith(root, StringComparison.Ordinal) && File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is null
            ? new ImportSource(path, new FileInfo(full).Length, () => new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read))
            : null;
    }

    // A browser sends files without their folders: the last part of the path decides when it is the only one of that name.
    private static ImportSource? Find(string exam, string path, Dictionary<string, ImportSource> byName, ILookup<string, ImportSource> byLastName)
    {
        string wanted = path.Replace('\\', '/');
        wanted = wanted.StartsWith("./", StringComparison.Ordinal) ? wanted[2..] : wanted;
        string folder = exam.Contains('/', StringComparison.Ordinal) ? exam[..(exam.LastIndexOf('/') + 1)] : "";
        return byName.TryGetValue(folder + wanted, out var exact) ? exact
            : byLastName[LastName(wanted)].Where(source => IsMedia(source.Name)).Take(2).ToList() is [var only] ? only : null;
    }

    private static string LastName(string path) => path[(path.LastIndexOf('/') + 1)..];
}
