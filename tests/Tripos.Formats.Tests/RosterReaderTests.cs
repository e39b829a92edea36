using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Tripos.Formats.Tests;

public sealed class RosterReaderTests
{
    [Theory]
    [InlineData("name,email\nAda Lovelace,ada@example.org", "2 ada@example.org Ada Lovelace")]
    [InlineData("email,name\nada@example.org,Ada Lovelace", "2 ada@example.org Ada Lovelace")]
    [InlineData("Ada Lovelace,ada@example.org\nben@example.org,Ben", "1 ada@example.org Ada Lovelace|2 ben@example.org Ben")]
    [InlineData("ada@example.org\n\n  ben@example.org  ", "1 ada@example.org |3 ben@example.org ")]
    [InlineData("E-mail address;Last name;First name\nada@example.org;Lovelace;Ada", "2 ada@example.org Ada Lovelace")]
    [InlineData("Name\tMail\r\nAda Lovelace\tada@example.org\r\n", "2 ada@example.org Ada Lovelace")]
    [InlineData("\"Lovelace, Ada\",ada@example.org\n\"O\"\"Neil\",o@example.org", "1 ada@example.org Lovelace, Ada|2 o@example.org O\"Neil")]
    [InlineData("Lovelace, Ada;ada@example.org\nHopper, Grace;grace@example.org", "1 ada@example.org Lovelace, Ada|2 grace@example.org Hopper, Grace")]
    [InlineData("\"a;b\",ada@example.org", "1 ada@example.org a;b")]
    [InlineData("\"Ada\nLovelace\",ada@example.org\nBen,ben@example.org", "1 ada@example.org Ada Lovelace|3 ben@example.org Ben")]
    [InlineData("sep=;\nname;email\nAda;ada@example.org", "3 ada@example.org Ada")]
    [InlineData("Ada Lovelace <ada@example.org>", "1 ada@example.org Ada Lovelace")]
    [InlineData("id,name,class,email\n7,Ada,3b,ada@example.org", "2 ada@example.org Ada")]
    [InlineData("\uFEFFname,email\nZoë,zoe@example.org", "2 zoe@example.org Zoë")]
    [InlineData("", "")]
    [InlineData("name,email\n", "")]
    public void People_are_read_in_any_form(string text, string expected) => Assert.Equal(expected, People(RosterReader.Read(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void Spreadsheets_may_write_other_encodings()
    {
        Assert.Equal("1 zoe@example.org Zoë", People(RosterReader.Read([.. Encoding.Latin1.GetBytes("Zoë,zoe@example.org")])));
        Assert.Equal("1 zoe@example.org Zoë", People(RosterReader.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Zoë\tzoe@example.org")])));
    }

    [Theory]
    [InlineData("Ada Lovelace", 1, "no e-mail address")]
    [InlineData("name,email\nAda,ada@\n", 2, "“ada@” is not an e-mail address")]
    [InlineData("name,email\nAda,", 2, "no e-mail address")]
    [InlineData("a@example.org,b@example.org", 1, "two addresses")]
    [InlineData("a@example.org b@example.org", 1, "two addresses")]
    [InlineData("email\na b@example.org", 2, "is not an e-mail address")]
    public void A_line_that_cannot_be_used_says_why(string text, int line, string reason)
    {
        var read = Assert.Single(RosterReader.Read(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(line, read.Line);
        Assert.Contains(reason, read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_never_closes_costs_one_line()
    {
        var read = RosterReader.Read("Ada,ada@example.org\n\"Ben,ben@example.org\nChloe,chloe@example.org\n\"\n"u8);

        Assert.Equal("1 ada@example.org Ada", People([read[0]]));
        Assert.All(read, line => Assert.True(line.Line is >= 1 and <= 4));
        Assert.Contains(RosterReader.Read("\"Ben,ben@example.org\nChloe,chloe@example.org"u8), line => line is { Line: 2, Email: "chloe@example.org", Fault: null });
        Assert.Contains("never closes", RosterReader.Read("\"Ben,ben@example.org\nChloe,chloe@example.org"u8)[0].Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_by_the_rules_comes_back_in_every_order_and_with_every_separator() =>
        Prop.ForAll(People().ToArbitrary(), Gen.Elements(',', ';', '\t').ToArbitrary(), Gen.Choose(0, 7).ToArbitrary(), (people, separator, how) =>
        {
            bool header = (how & 1) > 0, emailFirst = (how & 2) > 0;
            string Row(string name, string email) => string.Join(separator, emailFirst ? [email, Quoted(name)] : (string[])[Quoted(name), email]);
            string text = string.Join((how & 4) > 0 ? "\r\n" : "\n", [.. header ? [Row("name", "email")] : Array.Empty<string>(), .. people.Select(person => Row(person.Name, person.Email))]);

            var read = RosterReader.Read(Encoding.UTF8.GetBytes(text));

            return read.Select(line => (line.Email, line.Name, line.Fault)).SequenceEqual(people.Select(person => (person.Email, person.Name, (string?)null)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Garbage_never_throws_and_no_line_is_lost()
    {
        var random = new Random(7);
        string[] pieces = ["\"", ",", ";", "\t", "\n", "\r\n", "@", "ada@example.org", "<", ">", "name", "email", " ", "Ada", "\u0000", "é", "sep=;\n", "\uFEFF"];
        for (int i = 0; i < 200; i++)
        {
            string text = "kept@example.org\n" + string.Concat(Enumerable.Range(0, 200).Select(_ => pieces[random.Next(pieces.Length)])).Replace("\"", i % 2 == 0 ? "" : "\"", StringComparison.Ordinal);
            int lines = text.ReplaceLineEndings("\n").Split('\n').Length;

            var read = RosterReader.Read(Encoding.UTF8.GetBytes(text));

            Assert.Contains(read, line => line.Email == "kept@example.org" && line.Line == 1);
            Assert.All(read, line => Assert.InRange(line.Line, 1, lines));
            Assert.Equal(read.Select(line => line.Line).Distinct(), read.Select(line => line.Line));
        }
    }

    /// <summary>Names with everything that has to be quoted in it.</summary>
    private static Gen<(string Name, string Email)[]> People() =>
        (from words in Gen.Elements("Ada", "O\"Neil", "Lovelace, Ada", "a;b", "Zoë", "x\ty", "de la Cruz").ArrayOf(2)
         from number in Gen.Choose(1, 99999)
         select (PlainText.OneLine(string.Join(' ', words)), $"p{number}@example.org")).ArrayOf(5);

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string People(IReadOnlyList<RosterLine> lines)
    {
        Assert.All(lines, line => Assert.Null(line.Fault));
        return string.Join('|', lines.Select(line => $"{line.Line} {line.Email} {line.Name}"));
    }
}
