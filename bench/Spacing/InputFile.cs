using System.IO.Compression;
using System.Text;

namespace Tripos.Bench.Spacing;

/// <summary>A file for the bench, unpacked when it is gzipped, recognised by what it holds and not by its name.</summary>
public sealed class InputFile
{
    private InputFile(string path, byte[] bytes)
    {
        Path = path;
        Bytes = bytes;
    }

    public string Path { get; }

    public byte[] Bytes { get; }

    public bool IsJson => Bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'{', ..];

    public bool IsReviewLog => FirstLine.Contains("review_rating", StringComparison.Ordinal);

    public string FirstLine => Encoding.UTF8.GetString(Bytes.AsSpan(0, Bytes.AsSpan().IndexOf((byte)'\n') is >= 0 and var end ? end : Math.Min(Bytes.Length, 200))).Trim();

    public static InputFile Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
            return new(path, bytes is [0x1F, 0x8B, ..] ? Unpack(bytes) : bytes);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"{path}: cannot be read ({fault.Message}). Give the path of a file you may read.");
        }
        catch (InvalidDataException fault)
        {
            throw new BadInputException($"{path}: starts like gzip, but cannot be unpacked ({fault.Message}). Fetch it again.");
        }
    }

    private static byte[] Unpack(byte[] bytes)
    {
        using var packed = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
