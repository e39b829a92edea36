using System.IO.Compression;

namespace Tripos.Formats;

/// <summary>What is read of an archive at most.</summary>
/// <param name="Entries">Most files in it.</param>
/// <param name="TotalBytes">Most bytes of all files together, unpacked.</param>
/// <param name="EntryBytes">Most bytes of one file, unpacked.</param>
/// <param name="Ratio">Most unpacked bytes per packed byte of one file; text rarely shrinks to a 50th.</param>
public sealed record ArchiveLimits(int Entries = 2_000, long TotalBytes = 512L << 20, long EntryBytes = 256L << 20, int Ratio = 200);

/// <summary>One file in an archive.</summary>
/// <param name="Name">Its name after the archive's: <c>exams.zip/module-1.json</c>.</param>
/// <param name="Length">Unpacked, in bytes.</param>
/// <param name="Open">Opens it; the stream ends early rather than exceed <paramref name="Length"/>. May be called again.</param>
public sealed record ArchiveEntry(string Name, long Length, Func<Stream> Open);

/// <summary>A zip file read within limits: a small file that unpacks to a huge one is refused before it is unpacked.</summary>
public sealed class ArchiveFile : IDisposable
{
    private const long SmallEntry = 1 << 20;
    private readonly ZipArchive _zip;

    private ArchiveFile(ZipArchive zip, IReadOnlyList<ArchiveEntry> entries) => (_zip, Entries) = (zip, entries);

    /// <summary>The files in it, by name.</summary>
    public IReadOnlyList<ArchiveEntry> Entries { get; }

    /// <summary>Opens an archive. Bad input gives errors, never an exception.</summary>
    /// <param name="stream">The zip file; must be seekable; closed with the archive.</param>
    /// <param name="fileName">Its name, for the diagnostics and in front of the entries' names.</param>
    /// <param name="limits">What is read at most.</param>
    public static ReadResult<ArchiveFile> Open(Stream stream, string fileName, ArchiveLimits limits)
    {
        var problems = new DiagnosticList(fileName);
        ZipArchive? zip = null;
        List<ArchiveEntry> entries = [];
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            entries = Checked(zip, fileName, limits, problems);
        }
        catch (InvalidDataException)
        {
            problems.Error("", "This is not a zip file, or it is damaged.", "Make the zip file again.");
        }

        if (problems.HasErrors)
        {
            zip?.Dispose();
            return new(null, problems.All);
        }

        return new(new ArchiveFile(zip!, entries), problems.All);
    }

    /// <summary>Closes the archive and its stream.</summary>
    public void Dispose() => _zip.Dispose();

    private static List<ArchiveEntry> Checked(ZipArchive zip, string fileName, ArchiveLimits limits, DiagnosticList problems)
    {
        if (zip.Entries.Count > limits.Entries)
        {
            problems.Error("", $"The zip file has {zip.Entries.Count} entries; at most {limits.Entries} are read.", "Split it.");
            return [];
        }

        List<ArchiveEntry> entries = [];
        long total = 0;
        foreach (var entry in zip.Entries.Where(IsFile).OrderBy(e => e.FullName, StringComparer.Ordinal))
        {
            string name = PlainText.OneLine(entry.FullName.Replace('\\', '/'));
            total += entry.Length;
            if (FaultOf(entry, total, limits) is var (reason, remedy))
            {
                problems.Error(name, reason, remedy);
                break;
            }

            entries.Add(new($"{fileName}/{name}", entry.Length, () => new EndsAt(entry.Open(), entry.Length)));
        }

        if (entries.Count == 0 && !problems.HasErrors)
        {
            problems.Error("", "The zip file has no files in it.", "Put exam files into it.");
        }

        return entries;
    }

    private static bool IsFile(ZipArchiveEntry entry) => entry.Name.Length > 0
        && !entry.FullName.StartsWith("__MACOSX/", StringComparison.Ordinal) && !entry.Name.StartsWith('.');

    private static (string Reason, string Remedy)? FaultOf(ZipArchiveEntry entry, long total, ArchiveLimits limits) =>
        entry.Length > SmallEntry && entry.Length / limits.Ratio > entry.CompressedLength
            ? ($"It would unpack to {JsonInput.Size(entry.Length)} from {JsonInput.Size(entry.CompressedLength)}: this looks like a zip bomb.", "Unpack it yourself if you trust it, and import the files.")
        : entry.Length > limits.EntryBytes ? ($"It would unpack to {JsonInput.Size(entry.Length)}; at most {JsonInput.Size(limits.EntryBytes)} are read.", "Split it.")
        : total > limits.TotalBytes ? ($"The files together unpack to more than {JsonInput.Size(limits.TotalBytes)}.", "Split the zip file.")
        : entry.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ("A zip file inside a zip file is not read.", "Unpack it first.")
        : entry.IsEncrypted ? ("It is encrypted.", "Unpack it first.")
        : null;

    /// <summary>Stops where the directory of the archive says the entry ends: the directory may lie about what is inside.</summary>
    private sealed class EndsAt(Stream inner, long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
            _left -= read;
            return read;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
