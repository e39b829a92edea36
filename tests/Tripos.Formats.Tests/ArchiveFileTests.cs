using System.IO.Compression;

namespace Tripos.Formats.Tests;

public sealed class ArchiveFileTests
{
    [Fact]
    public void The_files_of_an_archive_are_named_after_it()
    {
        var zip = Zip(("b.json", "{}"u8.ToArray()), ("sub/a.json", "[]"u8.ToArray()), ("__MACOSX/a.json", [1]));

        using var archive = ArchiveFile.Open(zip, "x.zip", new()).Value!;

        Assert.Equal(["x.zip/b.json", "x.zip/sub/a.json"], archive.Entries.Select(e => e.Name));
        Assert.Equal("{}", new StreamReader(archive.Entries[0].Open()).ReadToEnd());
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var zip = Zip(("bomb.json", new byte[50_000_000]));

        var result = ArchiveFile.Open(zip, "x.zip", new());

        Assert.Null(result.Value);
        Assert.Contains("zip bomb", result.Diagnostics[0].Reason, StringComparison.Ordinal);
        Assert.Equal("bomb.json", result.Diagnostics[0].Place);
    }

    [Fact]
    public void A_zip_in_a_zip_too_many_files_and_too_many_bytes_are_refused()
    {
        Assert.Contains("inside a zip", Reason(Zip(("inner.zip", [1])), new()), StringComparison.Ordinal);
        Assert.Contains("3 entries", Reason(Zip(("a", [1]), ("b", [1]), ("c", [1])), new(Entries: 2)), StringComparison.Ordinal);
        Assert.Contains("together", Reason(Zip(("a", [1, 2]), ("b", [1, 2])), new(TotalBytes: 3)), StringComparison.Ordinal);
        Assert.Contains("no files", Reason(Zip(), new()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_file_is_refused() =>
        Assert.Contains("not a zip file", Reason(new MemoryStream("PK\u0003\u0004 not really"u8.ToArray()), new()), StringComparison.Ordinal);

    private static string Reason(Stream zip, ArchiveLimits limits) => ArchiveFile.Open(zip, "x.zip", limits).Diagnostics[0].Reason;

    private static MemoryStream Zip(params (string Name, byte[] Bytes)[] files)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        stream.Position = 0;
        return stream;
    }
}
