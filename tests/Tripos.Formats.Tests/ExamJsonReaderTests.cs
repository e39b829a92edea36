using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tripos.Questions;

namespace Tripos.Formats.Tests;

public sealed class ExamJsonReaderTests
{
    [Theory]
    [InlineData("not-json.json", "line 1, column 2", "not valid JSON")]
    [InlineData("syntax.json", "line 3, column 36", "not valid JSON")]
    [InlineData("wrong-shape.json", "", "this is a list")]
    [InlineData("questions-not-a-list.json", "questions", "no list of questions")]
    [InlineData("no-questions.json", "questions", "has no questions")]
    [InlineData("no-options.json", "questions[1].options", "at least two options")]
    [InlineData("one-option.json", "questions[0].options", "at least two options")]
    [InlineData("empty-option.json", "questions[0].options[1]", "no text")]
    [InlineData("duplicate-ids.json", "questions[1].id", "also that of questions[0]")]
    [InlineData("duplicate-option-ids.json", "questions[0].options", "used 2 times")]
    [InlineData("key-out-of-range.json", "questions[0].correct", "none of the options")]
    [InlineData("contradicting-key.json", "questions[0]", "different right answers")]
    [InlineData("unknown-type.json", "questions[0].type", "Essay")]
    [InlineData("only-script.json", "questions[0].question", "no text")]
    [InlineData("invalid-utf8.json", "line 2, column 33 (byte 54)", "0xE9")]
    [InlineData("half-surrogate.json", "questions[0].question", "surrogate")]
    [InlineData("bad-time.json", "timeLimitInMinutes", "A number from 0")]
    [InlineData("two-times.json", "timeLimitInSeconds", "contradicts")]
    [InlineData("page-without-data.html", "", "no script with")]
    [InlineData("empty.json", "", "empty")]
    [InlineData("two-values.json", "line 1, column 76", "invalid after a single JSON value")]
    [InlineData("too-deep.json", "line 1, column 78", "not valid JSON")]
    public async Task A_bad_file_gives_an_error_with_place_and_reason(string file, string place, string reason)
    {
        await using var stream = Fixtures.Open($"exam-json/bad/{file}");

        var result = await ExamJsonReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        var error = result.Diagnostics.First(d => d.Severity == Severity.Error);
        Assert.Null(result.Value);
        Assert.Equal((file, place), (error.File, error.Place));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Fact]
    public void Every_bad_file_is_in_the_table()
    {
        var rows = typeof(ExamJsonReaderTests).GetMethod(nameof(A_bad_file_gives_an_error_with_place_and_reason))!
            .GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute))
            .Select(a => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value!);

        Assert.Equal(Directory.GetFiles(Path.Combine(Fixtures.Folder(), "exam-json/bad")).Select(Path.GetFileName).Order(), rows.Order());
    }

    [Theory]
    [InlineData("Module 2 Quiz_20250610_v1.json")]
    [InlineData("strings and keys exam.json")]
    [InlineData("saved page test.html")]
    public async Task A_good_file_reads_as_expected(string file)
    {
        await using var stream = Fixtures.Open($"exam-json/good/{file}");

        var result = await ExamJsonReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        Assert.DoesNotContain(result.Diagnostics, d => d.Severity != Severity.Info);
        string expected = Path.Combine(Fixtures.Folder(), "exam-json/good", file + ".expected");
        Assert.Equal(await File.ReadAllTextAsync(expected, Fixtures.Ct), Written(result.Value!) + "\n");
    }

    [Theory]
    [InlineData("Module 2 Quiz_20250610_v1.json")]
    [InlineData("strings and keys exam.json")]
    public async Task What_is_written_reads_the_same(string file)
    {
        await using var stream = Fixtures.Open($"exam-json/good/{file}");
        var exam = (await ExamJsonReader.ReadAsync(stream, file, ct: Fixtures.Ct)).Value!;

        string once = Written(exam);
        var again = await ExamJsonReader.ReadAsync(Fixtures.Bytes(once), "other name.json", ct: Fixtures.Ct);

        Assert.Empty(again.Diagnostics);
        Assert.Equal(once, Written(again.Value!));
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused_even_when_its_length_is_unknown()
    {
        var known = await ExamJsonReader.ReadAsync(Fixtures.Bytes(new string(' ', 200)), "big.json", largest: 100, Fixtures.Ct);
        var unknown = await ExamJsonReader.ReadAsync(new OneWay(new byte[200]), "big.json", largest: 100, Fixtures.Ct);

        Assert.Contains("larger than 100 bytes", Assert.Single(known.Diagnostics).Reason, StringComparison.Ordinal);
        Assert.Contains("larger than 100 bytes", Assert.Single(unknown.Diagnostics).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"question": "?", "options": ["a", "b"], "type": "multiple_choice"}""", true)]
    [InlineData("""{"question": "?", "options": ["a", "b"], "maxResponses": 2}""", true)]
    [InlineData("""{"question": "?", "options": ["a", "b"], "correct": [0, 1]}""", true)]
    [InlineData("""{"question": "?", "options": ["a", "b"], "correct": [1]}""", false)]
    [InlineData("""{"question": "?", "options": ["a", "b"]}""", false)]
    public async Task A_missing_type_is_told_from_key_and_limit(string question, bool multiple)
    {
        var exam = await Read($$"""{"title": "T", "questions": [{{question}}]}""");

        Assert.Equal(multiple, exam.Questions[0].Body is MultipleChoice);
    }

    [Fact]
    public async Task Single_choice_with_two_right_options_becomes_multiple_choice_with_a_warning()
    {
        var result = await ExamJsonReader.ReadAsync(Fixtures.Bytes("""{"questions": [{"question": "?", "type": "Single Choice", "options": ["a", "b", "c"], "correct": [0, 2]}]}"""), "x.json", ct: Fixtures.Ct);

        Assert.Equal(Severity.Warning, Assert.Single(result.Diagnostics).Severity);
        Assert.Equal(["a", "c"], Assert.IsType<MultipleChoice>(result.Value!.Questions[0].Body).Key);
    }

    [Fact]
    public async Task Numbers_no_database_can_hold_and_control_characters_do_not_get_through()
    {
        var exam = await Read("""{"title": "T", "huge": 1e999999, "nul": "a\u0000b", "questions": [{"question": "x\u0000y", "options": ["a", "b"]}]}""");

        Assert.Equal(JsonValueKind.String, exam.Metadata["huge"].ValueKind);
        Assert.Equal("ab", exam.Metadata["nul"].GetString());
        Assert.Equal("xy", exam.Questions[0].Body.Prompt);
    }

    [Fact]
    public void No_input_makes_the_reader_throw() =>
        Prop.ForAll<byte[]>(bytes => ExamJsonReader.ReadAsync(new MemoryStream(bytes ?? []), "x.json").Result is not null).QuickCheckThrowOnFailure();

    [Fact]
    public async Task No_cut_or_changed_byte_of_a_good_file_makes_the_reader_throw()
    {
        byte[] good = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Folder(), "exam-json/good/strings and keys exam.json"), Fixtures.Ct);
        for (int i = 0; i < good.Length; i += 3)
        {
            byte[] changed = [.. good];
            changed[i] = (byte)"{[\"\\:,0x\u00ff"[i % 9];

            var cut = await ExamJsonReader.ReadAsync(new MemoryStream(good[..i]), "cut.json", ct: Fixtures.Ct);
            var odd = await ExamJsonReader.ReadAsync(new MemoryStream(changed), "odd.json", ct: Fixtures.Ct);

            Assert.Null(cut.Value);
            Assert.Equal(odd.Value is null, odd.Diagnostics.Any(d => d.Severity == Severity.Error));
        }
    }

    private static async Task<ExamFile> Read(string json)
    {
        var result = await ExamJsonReader.ReadAsync(Fixtures.Bytes(json), "x.json", ct: Fixtures.Ct);
        Assert.Empty(result.Diagnostics);
        return result.Value!;
    }

    private static string Written(ExamFile exam)
    {
        using var stream = new MemoryStream();
        ExamJsonWriter.Write(exam, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class OneWay(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
