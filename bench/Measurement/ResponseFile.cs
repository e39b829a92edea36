using System.IO.Compression;

namespace Tripos.Bench;

/// <summary>Reads a file of responses, gzipped or not. Which of the formats it has is told from its content: docs/benchmarks.md describes them.</summary>
public static class ResponseFile
{
    public static List<LearnerAnswers> Read(string path, CollectionIds ids)
    {
        var lines = LinesOf(path);
        int first = lines.FindIndex(line => line.Length > 0);
        if (first < 0)
        {
            throw new BadResponseFileException(path, 0, "The file is empty. Give one with a header line and a row per response, or with three or four lines per learner.");
        }

        var learners = char.IsAsciiLetter(lines[first].TrimStart('"', '\uFEFF')[0])
            ? ResponseTable.Read(path, lines, first, ids)
            : ResponseSequences.Read(path, lines, first, ids);
        return learners.Count > 0 ? learners : throw new BadResponseFileException(path, 0, "The file has no responses. Check that the download is complete.");
    }

    private static List<string> LinesOf(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            bool zipped = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using var reader = new StreamReader(zipped ? new GZipStream(file, CompressionMode.Decompress) : file);
            var lines = new List<string>();
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line.Trim('\r', ' '));
            }

            while (lines is [.., ""])
            {
                lines.RemoveAt(lines.Count - 1);
            }

            return lines;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadResponseFileException(path, 0, $"The file cannot be read ({failure.Message}). Check the path and its permissions.");
        }
        catch (InvalidDataException)
        {
            throw new BadResponseFileException(path, 0, "The file is damaged gzip. Fetch it again.");
        }
    }
}
