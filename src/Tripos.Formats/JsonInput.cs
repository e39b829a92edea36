using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Tripos.Formats;

/// <summary>Turns the bytes of a file into JSON: a JSON file, or a saved web page with <c>data = {…}</c> in a script.</summary>
internal static partial class JsonInput
{
    private static readonly JsonReaderOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    /// <summary>Reads at most <paramref name="most"/> bytes; null and an error when there are more.</summary>
    public static async Task<byte[]?> ReadAsync(Stream stream, long most, DiagnosticList problems, CancellationToken ct)
    {
        if (stream.CanSeek && stream.Length - stream.Position > most)
        {
            TooLong(most, problems);
            return null;
        }

        using var buffer = new MemoryStream();
        byte[] chunk = ArrayPool<byte>.Shared.Rent(81_920);
        for (int read; (read = await stream.ReadAsync(chunk, ct)) > 0;)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > most)
            {
                TooLong(most, problems);
                return null;
            }
        }

        ArrayPool<byte>.Shared.Return(chunk);
        return buffer.ToArray();
    }

    /// <summary>The one JSON value in the bytes; null and an error when there is none.</summary>
    public static JsonDocument? Parse(byte[] bytes, DiagnosticList problems)
    {
        var text = WithoutMark(bytes);
        if (!IsText(text, problems))
        {
            return null;
        }

        if (FirstSign(text) == (byte)'<')
        {
            return FromPage(text, problems);
        }

        return Value(text, 0, wholeInput: true, problems);
    }

    private static void TooLong(long most, DiagnosticList problems) => problems.Error("", $"The file is larger than {Size(most)}.", "Split it into smaller files.");

    internal static string Size(long bytes) => bytes >= 1 << 20 ? $"{bytes >> 20} MB" : bytes >= 1 << 10 ? $"{bytes >> 10} kB" : $"{bytes} bytes";

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsMemory(3) : bytes;

    internal static byte FirstSign(ReadOnlyMemory<byte> text)
    {
        int start = text.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? (byte)0 : text.Span[start];
    }

    private static bool IsText(ReadOnlyMemory<byte> text, DiagnosticList problems)
    {
        if (FirstSign(text) == 0)
        {
            problems.Error("", "The file is empty.", "Choose a file with an exam in it.");
            return false;
        }

        if (text.Span is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            problems.Error("", "The file is UTF-16 text.", "Save it as UTF-8.");
            return false;
        }

        if (Utf8.IsValid(text.Span))
        {
            return true;
        }

        int bad = FirstInvalid(text.Span);
        problems.Error($"{PlaceOf(text.Span, bad)} (byte {bad})", $"The byte 0x{text.Span[bad]:X2} is not valid UTF-8.", "Save the file as UTF-8.");
        return false;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int used) == OperationStatus.Done)
        {
            at += used;
        }

        return Math.Min(at, text.Length - 1);
    }

    private static JsonDocument? FromPage(ReadOnlyMemory<byte> page, DiagnosticList problems)
    {
        string text = Encoding.UTF8.GetString(page.Span);
        var match = DataAssignment().Match(text);
        if (!match.Success)
        {
            problems.Error("", "The web page has no script with \"let data = {…}\", \"var data = {…}\" or \"const data = {…}\".", "Save the page of the exam itself, or export the exam as JSON.");
            return null;
        }

        int start = Encoding.UTF8.GetByteCount(text.AsSpan(0, match.Index + match.Length));
        return Value(page, start, wholeInput: false, problems);
    }

    private static JsonDocument? Value(ReadOnlyMemory<byte> text, int start, bool wholeInput, DiagnosticList problems)
    {
        try
        {
            var reader = new Utf8JsonReader(text.Span[start..], Tolerant);
            var document = JsonDocument.ParseValue(ref reader);
            if (wholeInput)
            {
                reader.Read(); // refuses whatever follows the value
            }

            return document;
        }
        catch (JsonException fault)
        {
            int at = ByteOf(text.Span, start, fault.LineNumber ?? 0, fault.BytePositionInLine ?? 0);
            problems.Error(PlaceOf(text.Span, at), "This is not valid JSON: " + Reason(fault), "Correct the file at that place, or export it again.");
            return null;
        }
    }

    private static string Reason(JsonException fault)
    {
        string message = fault.Message;
        int tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return PlainText.OneLine(tail < 0 ? message : message[..tail]);
    }

    private static int ByteOf(ReadOnlySpan<byte> text, int start, long lines, long column)
    {
        int at = start;
        for (; lines > 0 && text[at..].IndexOf((byte)'\n') is >= 0 and var end; lines--)
        {
            at += end + 1;
        }

        return (int)Math.Min(at + column, text.Length);
    }

    private static string PlaceOf(ReadOnlySpan<byte> text, int at)
    {
        var before = text[..at];
        int line = before.Count((byte)'\n') + 1;
        var head = before[(before.LastIndexOf((byte)'\n') + 1)..];
        return string.Create(CultureInfo.InvariantCulture, $"line {line}, column {Encoding.UTF8.GetCharCount(head) + 1}");
    }

    [GeneratedRegex(@"\b(?:let|var|const)\s+data\s*=\s*(?=[{\[])")]
    private static partial Regex DataAssignment();
}
