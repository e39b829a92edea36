using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tripos.Server.Tests.Rules;

/// <summary>Colours that meet on a page can be told apart in both themes (WCAG 2.2, 1.4.3 and 1.4.11).</summary>
public sealed partial class ContrastTests
{
    private static readonly string Css = File.ReadAllText(CssPath());
    private static readonly string KindsCss = File.ReadAllText(CssPath().Replace("tripos.css", "kinds.css", StringComparison.Ordinal));
    private static readonly Dictionary<string, string[]> Tokens = Token().Matches(Css)
        .ToDictionary(m => m.Groups["name"].Value, m => new[] { m.Groups["light"].Value, m.Groups["dark"].Value }, StringComparer.Ordinal);

    public static TheoryData<string, string> Texts => Pairs(
        [
            ("ink muted accent accent-strong good warn bad info", "paper surface sunken"),
            ("ink muted accent accent-strong", "accent-soft"),
            ("ink good", "good-soft"),
            ("ink warn", "warn-soft"),
            ("ink bad", "bad-soft"),
            ("ink info", "info-soft"),
            ("ink", "mark-yellow mark-green mark-blue mark-pink"),
            ("ink code-keyword code-string code-number code-name code-comment bad", "code-surface"),
            ("on-accent", "accent accent-strong"),
            ("paper", "ink"),
        ]);

    public static TheoryData<string, string> Borders => Pairs(
        [
            ("border focus accent good warn bad info", "paper surface sunken"),
            ("good", "good-soft"),
            ("warn", "warn-soft"),
            ("bad", "bad-soft"),
            ("warn", "mark-yellow"),
            ("good", "mark-green"),
            ("info", "mark-blue"),
            ("bad", "mark-pink"),
        ]);

    [Theory, MemberData(nameof(Texts))]
    public void Text_has_a_contrast_of_4_5_to_1(string ink, string paper) => AssertContrast(4.5, ink, paper);

    [Theory, MemberData(nameof(Borders))]
    public void Borders_of_controls_and_bars_have_a_contrast_of_3_to_1(string line, string paper) => AssertContrast(3, line, paper);

    [Fact]
    public void Every_colour_is_a_token()
    {
        string afterTokens = Css[Css.IndexOf("@layer base", StringComparison.Ordinal)..];
        var others = Directory.EnumerateFiles(Path.GetDirectoryName(CssPath())!, "*.css").Where(file => Path.GetFileName(file) != "tripos.css").Select(File.ReadAllText);

        var literals = others.Append(afterTokens).SelectMany(css => Literal().Matches(css)).Select(m => m.Value);

        Assert.Empty(literals);
    }

    [Fact]
    public void The_stylesheet_stays_small() => Assert.InRange(Css.Length, 1, 40_000);

    [Fact]
    public void What_only_pages_with_questions_load_stays_small_too() => Assert.InRange(KindsCss.Length, 1, 20_000);

    private static void AssertContrast(double atLeast, string front, string back)
    {
        for (int theme = 0; theme < 2; theme++)
        {
            double contrast = Contrast(Tokens[front][theme], Tokens[back][theme]);
            Assert.True(contrast >= atLeast, $"--{front} on --{back} has {contrast:0.00}:1 in the {(theme == 0 ? "light" : "dark")} theme, {atLeast}:1 is needed.");
        }
    }

    private static double Contrast(string one, string other)
    {
        double[] luminances = [Luminance(one), Luminance(other)];
        return (luminances.Max() + 0.05) / (luminances.Min() + 0.05);
    }

    /// <summary>Relative luminance of #rrggbb as WCAG defines it.</summary>
    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            double share = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    private static TheoryData<string, string> Pairs((string Fronts, string Backs)[] rows)
    {
        var data = new TheoryData<string, string>();
        foreach (var (fronts, backs) in rows)
        {
            foreach (string front in fronts.Split(' '))
            {
                foreach (string back in backs.Split(' '))
                {
                    data.Add(front, back);
                }
            }
        }

        return data;
    }

    private static string CssPath([CallerFilePath] string thisFile = "") =>
        Path.Combine(Path.GetDirectoryName(thisFile)!, "../../../src/Tripos.Server/wwwroot/css/tripos.css");

    [GeneratedRegex(@"--(?<name>[\w-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\);")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?<=: [^;{}]*)#[0-9a-f]{3,8}\b")]
    private static partial Regex Literal();
}
