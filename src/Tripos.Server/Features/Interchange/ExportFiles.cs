using System.IO.Compression;
using Npgsql;
using Tripos.Server.Features.MediaStore;

namespace Tripos.Server.Features.Interchange;

/// <summary>Gives an exported test to people: one JSON file, or with its pictures and sounds a zip file or a folder.</summary>
public static class ExportFiles
{
    /// <param name="Content">From its beginning; closing it removes what was needed to make it.</param>
    public sealed record Download(string FileName, string ContentType, Stream Content);

    public static async Task<Download> ToDownloadAsync(ExportTest.Exported test, NpgsqlDataSource source, CancellationToken ct)
    {
        if (test.Media.Count == 0)
        {
            var json = new MemoryStream();
            test.WriteJson(json);
            json.Position = 0;
            return new(test.Name + ".json", "application/json", json);
        }

        // On disk, because sounds may add up to more than memory should hold.
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            await using (var entry = zip.CreateEntry(test.Name + ".json").Open())
            {
                test.WriteJson(entry);
            }

            foreach (var (path, content) in test.Media)
            {
                await using var entry = zip.CreateEntry(path, CompressionLevel.NoCompression).Open();
                await new MediaStream(source, content.Sha256, content.ByteLength).CopyToAsync(entry, ct);
            }
        }

        file.Position = 0;
        return new(test.Name + ".zip", "application/zip", file);
    }

    /// <summary>Writes the JSON into the folder and its media below it.</summary>
    /// <returns>The path of the JSON file.</returns>
    public static async Task<string> ToFolderAsync(ExportTest.Exported test, string folder, NpgsqlDataSource source, CancellationToken ct)
    {
        string path = Path.Combine(folder, test.Name + ".json");
        await using (var json = File.Create(path))
        {
            test.WriteJson(json);
        }

        foreach (var (name, content) in test.Media)
        {
            string target = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await using var file = File.Create(target);
            await new MediaStream(source, content.Sha256, content.ByteLength).CopyToAsync(file, ct);
        }

        return path;
    }
}
