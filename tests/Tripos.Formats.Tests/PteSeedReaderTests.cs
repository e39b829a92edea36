using System.Text;
using Tripos.Questions;

namespace Tripos.Formats.Tests;

public sealed class PteSeedReaderTests
{
    [Theory]
    [InlineData("listening.own.json")]
    [InlineData("reading.own.json")]
    [InlineData("speaking.own.json")]
    public async Task A_list_reads_as_expected(string file)
    {
        var result = await ReadAsync(file);

        string expected = Path.Combine(Fixtures.Folder(), "pte-json", file + ".expected");
        Assert.Equal(await File.ReadAllTextAsync(expected, Fixtures.Ct), Written(result));
    }

    [Fact]
    public async Task A_word_for_several_kinds_is_settled_by_what_the_item_holds()
    {
        var listening = await ReadAsync("listening.own.json");
        var reading = await ReadAsync("reading.own.json");

        Assert.Equal(
            ["pte-listening-multiple-choice-single", "pte-listening-multiple-choice-multiple", "pte-listening-fill-blanks", "pte-listening-fill-blanks", "pte-highlight-incorrect-words",
                "pte-highlight-incorrect-words", "pte-write-from-dictation", "pte-summarize-spoken-text"], Kinds(listening));
        Assert.Equal(
            ["pte-reading-multiple-choice-single", "pte-reading-multiple-choice-multiple", "pte-reading-fill-blanks", "pte-reading-writing-fill-blanks", "pte-reorder-paragraphs", "pte-reorder-paragraphs"], Kinds(reading));
    }

    [Fact]
    public async Task An_unknown_type_is_an_error_that_names_it()
    {
        var result = await JsonFileReader.ReadAsync(Fixtures.Bytes("""[{"type": "juggle", "promptText": "Three balls."}]"""), "own.json", ct: Fixtures.Ct);

        Assert.Null(result.Value);
        Assert.Contains("juggle", Assert.Single(result.Diagnostics).Reason, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Kinds(ReadResult<JsonFile> result) => result.Value!.Exam!.Questions.Select(question => question.Kind.Name);

    private static async Task<ReadResult<JsonFile>> ReadAsync(string file)
    {
        await using var stream = Fixtures.Open($"pte-json/{file}");
        return await JsonFileReader.ReadAsync(stream, file, ct: Fixtures.Ct);
    }

    /// <summary>The exam as our own JSON, then everything that was said, then what keeps each question from being offered.</summary>
    private static string Written(ReadResult<JsonFile> result)
    {
        using var stream = new MemoryStream();
        ExamJsonWriter.Write(result.Value!.Exam!, stream);
        var faults = result.Value.Exam!.Questions.SelectMany(question => question.Kind.Faults(question.Body).Select(fault => $"{question.ExternalId}: {fault.Field}"));
        return string.Join('\n', [Encoding.UTF8.GetString(stream.ToArray()), .. result.Diagnostics.Select(d => $"{d.Severity} {d.Place}: {d.Reason}"), .. faults]) + "\n";
    }
}
