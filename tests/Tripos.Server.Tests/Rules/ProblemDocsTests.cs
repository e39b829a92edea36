using System.Globalization;
using System.Text.RegularExpressions;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Rules;

/// <summary>A problem code is part of the API: docs/problems says of each one what it means, when it comes and what to do.</summary>
public sealed partial class ProblemDocsTests
{
    private static readonly string Pages = Path.Combine(SourceTree.Root, "docs/problems");
    private static readonly ILookup<string, int> StatusOfCode = Sources()
        .SelectMany(file => Code().Matches(File.ReadAllText(file)))
        .Select(match => (Code: match.Groups["code"].Value, Status: int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture)))
        .Distinct()
        .ToLookup(found => found.Code, found => found.Status);

    public static TheoryData<string> Codes => new(StatusOfCode.Select(code => code.Key).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Codes))]
    public void Every_code_has_a_page_that_names_it_and_its_status(string code)
    {
        string page = Path.Combine(Pages, $"{code}.md");

        string text = File.Exists(page) ? File.ReadAllText(page) : "";

        Assert.True(text.Length > 0, $"docs/problems/{code}.md is missing.");
        Assert.StartsWith($"# {code}\n", text, StringComparison.Ordinal);
        Assert.All(StatusOfCode[code], status => Assert.Contains($"\n{status} ", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_page_explains_a_code_that_exists()
    {
        var pages = Directory.EnumerateFiles(Pages, "*.md").Select(page => Path.GetFileNameWithoutExtension(page)).Except(["README"]);

        var leftOver = pages.Except(StatusOfCode.Select(code => code.Key));

        Assert.Empty(leftOver);
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex("""\bnew(?:\s+Problem)?\(\s*"(?<code>[a-z0-9]+(?:-[a-z0-9]+)*)",\s*(?<status>[45]\d\d)\b""")]
    private static partial Regex Code();
}
