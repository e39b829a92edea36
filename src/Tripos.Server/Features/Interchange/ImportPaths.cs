using Tripos.Formats;

namespace Tripos.Server.Features.Interchange;

/// <summary>Files named on the command line; folders stand for the files in them and below.</summary>
public static class ImportPaths
{
    private static readonly string[] Endings = [".json", ".html", ".htm", ".txt", ".csv", ".zip"];

    /// <summary>The files, and what cannot be opened. Other kinds of files in a folder (pictures, a README.md) are passed over.</summary>
    public static (List<ImportSource> Sources, List<ImportedFile> Missing) Find(IEnumerable<string> paths)
    {
        List<ImportSource> sources = [];
        List<ImportedFile> missing = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                AddFolder(path, sources, missing);
            }
            else if (File.Exists(path))
            {
                sources.Add(Of(path, Path.GetFileName(path), appliesKeys: true));
            }
            else
            {
                missing.Add(ImportedFile.Fault(path, Diagnostic.Error(path, "", "There is no such file or folder.", "Check the path.")));
            }
        }

        return (sources, missing);
    }

    private static void AddFolder(string folder, List<ImportSource> sources, List<ImportedFile> missing)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };
        string[] files = [.. Directory.EnumerateFiles(folder, "*", options).Where(f => Endings.Contains(Path.GetExtension(f).ToLowerInvariant())).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            missing.Add(ImportedFile.Fault(folder, Diagnostic.Error(folder, "", "The folder has no files that can be imported.", $"Tripos reads {string.Join(", ", Endings)}.")));
        }

        sources.AddRange(files.Select(file => Of(file, Path.GetRelativePath(folder, file), appliesKeys: false)));
    }

    private static ImportSource Of(string path, string name, bool appliesKeys) =>
        new(name, new FileInfo(path).Length, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), appliesKeys)
        {
            Beside = beside => FilesBeside.OnDisk(Path.GetDirectoryName(Path.GetFullPath(path))!, beside),
        };
}
