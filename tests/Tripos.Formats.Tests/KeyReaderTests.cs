using Tripos.Questions;

namespace Tripos.Formats.Tests;

public sealed class KeyReaderTests
{
    [Theory]
    [InlineData("comma.csv", "q1=o1 q2=a+b q 3=The \"right\" one, really")]
    [InlineData("semicolon.csv", "4012/q1=o1 q2=0")]
    [InlineData("list.json", "q1=o1 2=0+2")]
    [InlineData("object.json", "q1=o1 q2=0+1 q3=2")]
    [InlineData("scoped.json", "4012/q1=o1 4012/q2=a+b")]
    public async Task A_key_file_reads_as_expected(string file, string expected)
    {
        await using var stream = Fixtures.Open($"keys/good/{file}");

        var result = await KeyReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(expected, string.Join(' ', result.Value!.Select(k => (k.ExamId is null ? "" : k.ExamId + "/") + k.QuestionId + "=" + string.Join('+', k.Correct))));
    }

    [Theory]
    [InlineData("no-header.csv", "line 1")]
    [InlineData("no-option.csv", "line 2")]
    [InlineData("no-question.csv", "line 2")]
    [InlineData("open-quote.csv", "line 2")]
    [InlineData("empty.csv", "")]
    [InlineData("no-option.json", "[0]")]
    [InlineData("not-objects.json", "[0]")]
    public async Task A_bad_key_file_gives_an_error_with_its_place(string file, string place)
    {
        await using var stream = Fixtures.Open($"keys/bad/{file}");

        var result = await KeyReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        Assert.Null(result.Value);
        Assert.Equal(place, result.Diagnostics[0].Place);
    }

    [Theory]
    [InlineData("o2", "o2")]
    [InlineData("  zwei ", "o2")]
    [InlineData("ZWEI", "o2")]
    [InlineData("B", "o2")]
    [InlineData("1", "o2")]
    [InlineData("3", "o3")]
    [InlineData("<b>zwei</b>", "o2")]
    [InlineData("d", null)]
    [InlineData("7", null)]
    [InlineData("", null)]
    public void An_option_is_found_by_id_text_letter_or_index(string name, string? expected)
    {
        Option[] options = [new("o1", "eins"), new("o2", "<p>zwei</p>"), new("o3", "3")];

        Assert.Equal(expected, OptionNames.Find(options, name));
    }
}
