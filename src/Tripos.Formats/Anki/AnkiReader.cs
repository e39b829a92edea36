using System.Text.RegularExpressions;

namespace Tripos.Formats;

/// <summary>Reads notes exported from Anki as text: fields parted by tabs, commas or semicolons, quoted where needed, with or without HTML.</summary>
/// <remarks>
/// The first field is the front, the second the back, further ones stand under the back. A note type with "reversed" in its name gives two notes, one each way.
/// Pictures and sounds are not part of such a file: their names stay as text, or go. The format is described in docs/formats/anki.md.
/// </remarks>
public static partial class AnkiReader
{
    /// <summary>The largest file read unless another limit is given: 5 MB.</summary>
    public const long LargestFile = 5L << 20;

    /// <summary>Notes read from one file at most.</summary>
    public const int MostNotes = 20_000;

    /// <summary>Characters of one side at most, after cleaning.</summary>
    public const int LongestSide = 20_000;

    private const int MostTags = 50, LongestTag = 100;

    /// <summary>Reads a file. A note that cannot be used gives an error with its line and is left out; bad input never throws.</summary>
    /// <param name="stream">The file; not closed.</param>
    /// <param name="fileName">Its name, for the diagnostics.</param>
    /// <param name="largest">Bytes after which the file is refused.</param>
    /// <param name="ct">Stops the reading.</param>
    /// <returns>The notes in the order of the file; no value when nothing could be read at all.</returns>
    public static async Task<ReadResult<IReadOnlyList<AnkiNote>>> ReadAsync(Stream stream, string fileName, long largest = LargestFile, CancellationToken ct = default)
    {
        var problems = new DiagnosticList(fileName);
        byte[]? bytes = await JsonInput.ReadAsync(stream, largest, problems, ct);
        if (bytes is null)
        {
            return new(null, problems.All);
        }

        var notes = Notes(Text(bytes), problems);
        if (notes.Count == 0 && !problems.HasErrors)
        {
            problems.Error("", "The file has no notes.", "Export from Anki as “Notes in plain text”, or write one note a line: front, a tab, back.");
        }

        return new(notes.Count == 0 ? null : notes, problems.All);
    }

    private static string Text(byte[] bytes) =>
        PlainText.Clean(Lines.Decode(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes.AsSpan(), isFirst: false));

    private static List<AnkiNote> Notes(string text, DiagnosticList problems)
    {
        string[] lines = text.Split('\n');
        var header = AnkiHeader.Read(lines, problems);
        string body = new string('\n', header.Lines) + string.Join('\n', lines.Skip(header.Lines)); // lines keep their numbers
        List<AnkiNote> notes = [];
        foreach (var row in CsvRecords.Read(body, header.Separator, problems))
        {
            if (notes.Count >= MostNotes)
            {
                problems.Warning($"line {row.Line}", $"Only the first {MostNotes:N0} notes are read.", "Split the file, and import the rest after this one.");
                break;
            }

            notes.AddRange(NotesOf(row, header, problems));
        }

        return notes;
    }

    private static IEnumerable<AnkiNote> NotesOf(CsvRecords.Row row, AnkiHeader header, DiagnosticList problems)
    {
        string place = $"line {row.Line}";
        string Field(int? column) => column < row.Fields.Length ? row.Fields[column.Value] : "";
        string[] sides = [.. row.Fields.Where((_, column) => !header.IsSpecial(column)).Select(field => Side(field, header.IsHtml, place, problems))];
        string front = sides.FirstOrDefault() ?? "", back = string.Join("<hr>", sides.Skip(1).Where(side => side.Length > 0));
        string type = header.NoteTypeColumn is null ? header.NoteType : Field(header.NoteTypeColumn);
        bool hasGaps = ClozeText.Numbers(front).Count > 0;
        var kind = type.Contains("cloze", StringComparison.OrdinalIgnoreCase) || (type.Length == 0 && hasGaps) ? NoteKind.Cloze : NoteKind.Basic;
        if (FaultOf(kind, front, back, hasGaps) is var (reason, remedy))
        {
            problems.Error(place, reason, remedy);
            yield break;
        }

        string[] tags = Tags($"{header.Tags} {Field(header.TagsColumn)}");
        yield return new(row.Line, kind, front, back, tags);
        if (kind == NoteKind.Basic && type.Contains("reversed", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(row.Line, kind, back, front, tags);
        }
    }

    private static (string Reason, string Remedy)? FaultOf(NoteKind kind, string front, string back, bool hasGaps) =>
        front.Length == 0 ? ("The front is empty.", "Write what is asked into the first field.")
        : kind == NoteKind.Cloze && !hasGaps ? ("A cloze note needs a gap, and this one has none.", "Write {{c1::what is hidden}} around a word.")
        : kind == NoteKind.Basic && back.Length == 0 ? ("The back is empty.", "Write the answer into the second field, or check the separator of the file.")
        : Math.Max(front.Length, back.Length) > LongestSide ? ($"A side is longer than {LongestSide:N0} characters.", "Split the note: short cards are remembered better.")
        : null;

    private static string Side(string field, bool isHtml, string place, DiagnosticList problems)
    {
        string text = Sound().Replace(field, "");
        if (text.Length != field.Length)
        {
            problems.Warning(place, "A sound is left out: the file names it but does not hold it.", "Describe it in words, or add it to the media library.");
        }

        if (!isHtml)
        {
            return HtmlSanitizer.Escape(text.Trim()).Replace("\n", "<br>", StringComparison.Ordinal);
        }

        string clean = HtmlSanitizer.Sanitize(text);
        string named = Picture().Replace(clean, "[picture: $1]");
        if (named.Length != clean.Length)
        {
            problems.Warning(place, "A picture is left out: the file names it but does not hold it.", "Describe it in words, or add it to the media library.");
        }

        return HtmlSanitizer.ToText(named).Length == 0 && !named.Contains("<img", StringComparison.Ordinal) ? "" : named;
    }

    private static string[] Tags(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(tag => tag.Length <= LongestTag).Distinct(StringComparer.OrdinalIgnoreCase).Take(MostTags)];

    [GeneratedRegex(@"\[sound:[^\]\n]{0,300}\]", RegexOptions.IgnoreCase)]
    private static partial Regex Sound();

    [GeneratedRegex("""<img src="(?!data:|/media/)([^"]*)" alt="[^"]*">""")]
    private static partial Regex Picture();
}
