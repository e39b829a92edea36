using Tripos.Formats;

namespace Tripos.Server.Features.Interchange;

/// <summary>One file to import, wherever it comes from.</summary>
/// <param name="Name">As shown in every finding.</param>
/// <param name="Length">In bytes, known before it is opened.</param>
/// <param name="Open">Opens it; seekable unless it lies in an archive.</param>
/// <param name="AppliesKeys">False leaves key files alone: a folder's exams are imported without the keys that happen to lie there.</param>
public sealed record ImportSource(string Name, long Length, Func<Stream> Open, bool AppliesKeys = true)
{
    /// <summary>Finds a file by its path beside this one; null when there is none. For the pictures and sounds an exam names.</summary>
    public Func<string, ImportSource?> Beside { get; init; } = _ => null;

    /// <summary>Whether another file asked for this one by its path.</summary>
    public Func<bool> WasNamed { get; init; } = () => false;
}

/// <summary>What an import reads at most.</summary>
public sealed record ImportLimits
{
    public long ExamBytes { get; init; } = ExamJsonReader.LargestFile;
    public long TriviaBytes { get; init; } = TriviaReader.LargestFile;
    public long KeyBytes { get; init; } = KeyReader.LargestFile;
    public ArchiveLimits Archive { get; init; } = new();

    /// <summary>Most bytes of one upload in the browser or through the API; the command line has no such limit.</summary>
    public long UploadBytes { get; init; } = 64L << 20;
    public int UploadFiles { get; init; } = 500;
}
