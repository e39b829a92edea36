using System.Text;

namespace Tripos.Formats.Tests;

public sealed class TriviaReaderTests
{
    [Fact]
    public async Task Every_question_is_read_or_reported()
    {
        await using var stream = Fixtures.Open("trivia/mixed.txt");

        var items = await TriviaReader.ReadAsync(stream, "mixed.txt", Fixtures.Ct).ToListAsync(Fixtures.Ct);

        string[] expected =
        [
            "line 1: What is 1 + 1? [b]",
            "line 8: Which café is\non two lines,\n\nwith an empty one? [a]",
            "line 16: It has no right answer (^).",
            "line 20: The right answer \"z\" is not among the options.",
            "line 25: It has no options.",
            "line 28: It has only one option.",
            "line 32: Two options read \"z\".",
            "line 37: Option B is empty.",
            "line 42: It repeats the question of line 1.",
            "line 49: It repeats the question of line 1 with another right answer.",
            "line 56: It has two right answers (^).",
            "line 62: \"and more\" is neither an option (A …) nor the beginning of a question (#Q).",
            "line 68: It has no text.",
            "line 72: The last one, without an end of line [a]",
        ];
        Assert.Equal(expected, items.Select(Shown));
    }

    [Fact]
    public async Task Each_line_is_read_in_its_own_encoding()
    {
        await using var stream = Fixtures.Open("trivia/mixed.txt");

        var items = await TriviaReader.ReadAsync(stream, "mixed.txt", Fixtures.Ct).ToListAsync(Fixtures.Ct);

        Assert.Equal("CafÃ© “X”", items[1].Question!.Body.Options[0].Text); // one wrong byte: the whole line is Windows-1252
    }

    [Theory]
    [InlineData("#Q a\r^ x\rA x\rB y\r")]
    [InlineData("#Q a\r\n^ x\r\nA x\r\nB y")]
    [InlineData("\uFEFF#Q a\n^ x\nA x\nB y")]
    [InlineData("#Q a\u0085^ x\u0085A x\u0085B y")]
    [InlineData("#Q\ta\n^\tx \nA\tx\nB  y\n\n\n")]
    public async Task Line_ends_of_any_kind_will_do(string text)
    {
        var item = Assert.Single(await TriviaReader.ReadAsync(Fixtures.Bytes(text), "x.txt", Fixtures.Ct).ToListAsync(Fixtures.Ct));

        Assert.Equal("line 1: a [a]", Shown(item));
    }

    [Fact]
    public async Task A_file_without_line_ends_stops_at_the_first_line()
    {
        var items = await TriviaReader.ReadAsync(new MemoryStream(new byte[10_000_000]), "x.txt", Fixtures.Ct).ToListAsync(Fixtures.Ct);

        Assert.Contains("longer than", Assert.Single(items).Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_file_name_is_the_topic() => Assert.Equal("Science technology", TriviaReader.TopicOf("x/science-technology.txt"));

    [Fact]
    public void A_trivia_file_is_recognised_by_its_first_question()
    {
        Assert.True(TriviaReader.Recognises(Encoding.UTF8.GetBytes("\uFEFF\n#Q x")));
        Assert.False(TriviaReader.Recognises("question_id,correct"u8));
    }

    private static string Shown(TriviaItem item) => item.Skipped is { } skipped
        ? $"{skipped.Place}: {skipped.Reason}"
        : $"line {item.Question!.Line}: {item.Question.Body.Prompt} [{string.Join(',', item.Question.Body.Key)}]";
}
