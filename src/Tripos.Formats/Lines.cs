using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Tripos.Formats;

/// <summary>Reads text line by line where each line may be in another encoding: UTF-8 where it is valid, else Windows-1252.</summary>
internal static class Lines
{
    private const string Windows1252 = "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>One line; <see cref="Text"/> is null when it is longer than allowed, and nothing follows.</summary>
    public readonly record struct Line(int Number, string? Text);

    /// <summary>Lines end with LF, CRLF or CR; a NEL or line separator inside a line splits it under the same number.</summary>
    public static async IAsyncEnumerable<Line> ReadAsync(Stream stream, int longest, [EnumeratorCancellation] CancellationToken ct)
    {
        byte[] buffer = new byte[longest];
        int held = 0, number = 0;
        for (bool end = false; !end;)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(held), ct);
            end = read == 0;
            held += read;
            int start = 0;
            while (Next(buffer.AsSpan(start, held - start), end) is var (length, next) && next > 0)
            {
                number++;
                foreach (string part in Decode(buffer.AsSpan(start, length), number == 1).Split('\u0085', '\u2028', '\u2029'))
                {
                    yield return new(number, part);
                }

                start += next;
            }

            held -= start;
            if (held == buffer.Length)
            {
                yield return new(number + 1, null);
                yield break;
            }

            buffer.AsSpan(start, held).CopyTo(buffer);
        }
    }

    private static (int Length, int Next) Next(ReadOnlySpan<byte> bytes, bool isLast)
    {
        int at = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            return isLast && bytes.Length > 0 ? (bytes.Length, bytes.Length) : (0, 0);
        }

        if (bytes[at] == '\n')
        {
            return (at, at + 1);
        }

        // A CR at the end of what is here may be half of a CRLF.
        return at + 1 < bytes.Length ? (at, bytes[at + 1] == '\n' ? at + 2 : at + 1) : isLast ? (at, at + 1) : (0, 0);
    }

    public static string Decode(ReadOnlySpan<byte> line, bool isFirst)
    {
        if (isFirst && line is [0xEF, 0xBB, 0xBF, ..])
        {
            line = line[3..];
        }

        return Utf8.IsValid(line) ? Encoding.UTF8.GetString(line) : string.Create(line.Length, line, static (text, bytes) =>
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                text[i] = bytes[i] is >= 0x80 and < 0xA0 ? Windows1252[bytes[i] - 0x80] : (char)bytes[i];
            }
        });
    }
}
