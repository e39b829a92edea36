using System.Text;

namespace Tripos.Formats.Tests;

public sealed class AnkiReaderTests
{
    [Theory]
    [InlineData("notes.txt", """
        7 Basic <b>chat</b> | cat [animals easy]
        8 Basic chien | dog []
        8 Basic dog | chien []
        9 Cloze {{c1::Paris::city}} is the capital of {{c2::France}}. | On the Seine [geo]
        10 Basic two<br>lines &quot;quoted&quot; | [picture: x.jpg] tree []
        """)]
    [InlineData("plain.csv", """
        1 Basic front | back []
        2 Basic a, b | c []
        3 Basic d | e []
        """)]
    [InlineData("text.txt", "3 Basic 1 &lt; 2 | &lt;i&gt;true&lt;/i&gt; []")]
    public async Task A_file_reads_as_expected(string file, string expected)
    {
        await using var stream = Fixtures.Open($"anki/good/{file}");

        var result = await AnkiReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        Assert.Equal(expected.ReplaceLineEndings("\n"), string.Join('\n', result.Value!.Select(n => $"{n.Line} {n.Kind} {n.Front} | {n.Back} [{string.Join(' ', n.Tags)}]")));
        Assert.DoesNotContain(result.Diagnostics, problem => problem.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("gaps.txt", "line 2: The back is empty. | line 3: The front is empty.", 1)]
    [InlineData("cloze.txt", "line 3: A cloze note needs a gap, and this one has none.", 0)]
    [InlineData("empty.txt", ": The file has no notes.", 0)]
    public async Task What_cannot_be_used_is_named_with_its_line(string file, string expected, int notes)
    {
        await using var stream = Fixtures.Open($"anki/bad/{file}");

        var result = await AnkiReader.ReadAsync(stream, file, ct: Fixtures.Ct);

        Assert.Equal(expected, string.Join(" | ", result.Diagnostics.Select(problem => $"{problem.Place}: {problem.Reason}")));
        Assert.Equal(notes, result.Value?.Count ?? 0);
    }

    [Fact]
    public async Task Pictures_and_sounds_that_stay_behind_are_named()
    {
        await using var stream = Fixtures.Open("anki/good/notes.txt");

        var result = await AnkiReader.ReadAsync(stream, "notes.txt", ct: Fixtures.Ct);

        Assert.Equal(["line 10", "line 10"], result.Diagnostics.Select(problem => problem.Place));
    }

    [Theory]
    [InlineData("{{c1::Paris}} on the {{c2::Seine}}", 1, false, "<mark>[…]</mark> on the Seine")]
    [InlineData("{{c1::Paris::city}} on the {{c2::Seine}}", 1, false, "<mark>[city]</mark> on the Seine")]
    [InlineData("{{c1::Paris}} on the {{c2::Seine}}", 2, true, "Paris on the <mark>Seine</mark>")]
    [InlineData("{{c1::a}} and {{c1::b}}", 1, false, "<mark>[…]</mark> and <mark>[…]</mark>")]
    [InlineData("no gap {{c1:: here", 1, false, "no gap {{c1:: here")]
    [InlineData("{{c1::<b>x}}</b> y", 1, false, "<mark>[…]</mark> y")]
    [InlineData("{{c1::<img src=x onerror=alert(1)>}}", 1, true, "<mark><img src=\"x\" alt=\"\"></mark>")]
    public void A_gap_is_hidden_and_shown(string text, int number, bool revealed, string expected) =>
        Assert.Equal(expected, ClozeText.Render(text, number, revealed));

    [Theory]
    [InlineData("{{c2::a}} {{c1::b}} {{c2::c}}", "1 2")]
    [InlineData("{{c0::a}} {{c501::b}} {{cx::c}} {{c::d}}", "")]
    [InlineData("{{c1::", "")]
    public void Each_number_is_one_card(string text, string expected) => Assert.Equal(expected, string.Join(' ', ClozeText.Numbers(text)));

    [Fact]
    public async Task Garbage_never_throws_and_never_takes_long()
    {
        var random = new Random(7);
        string[] pieces = ["{{c1::", "}}", "::", "\"", "\t", "\n", "#html:", "<b>", "</i>", "[sound:", ";", ",", "\u0001", "é", "#separator:x\n"];
        for (int i = 0; i < 60; i++)
        {
            string text = string.Concat(Enumerable.Range(0, 400).Select(_ => pieces[random.Next(pieces.Length)]));

            var result = await AnkiReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), "garbage.txt", ct: Fixtures.Ct);

            Assert.All(result.Value ?? [], note => Assert.NotEmpty(note.Front));
        }
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused()
    {
        var result = await AnkiReader.ReadAsync(new MemoryStream(new byte[100]), "large.txt", largest: 50, ct: Fixtures.Ct);

        Assert.Null(result.Value);
        Assert.Contains("larger than", Assert.Single(result.Diagnostics).Reason, StringComparison.Ordinal);
    }
}
