using System.Text;

namespace Tripos.Formats.Tests;

public sealed class SvgSanitizerTests
{
    private const string Open = "<svg xmlns=\"http://www.w3.org/2000/svg\"";

    [Theory]
    [InlineData("<rect width=\"3\" fill=\"red\"/>", "<rect width=\"3\" fill=\"red\" />")]
    [InlineData("<rect onclick=\"x()\" xmlns:e=\"urn:e\" e:data=\"1\" unknown=\"2\"/>", "<rect />")]
    [InlineData("<script>alert(1)</script><g/>", "<g />")]
    [InlineData("<foreignObject><p>hidden</p></foreignObject><g/>", "<g />")]
    [InlineData("<a href=\"javascript:x()\"><text>t</text></a><g/>", "<g />")]
    [InlineData("<animate attributeName=\"href\" to=\"javascript:x()\"/><set/><g/>", "<g />")]
    [InlineData("<use href=\"#part\"/>", "<use href=\"#part\" />")]
    [InlineData("<use xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"#part\"/>", "<use href=\"#part\" />")]
    [InlineData("<use href=\"https://evil.example/a.svg#x\"/>", "<use />")]
    [InlineData("<image href=\"https://evil.example/a.png\"/>", "<image />")]
    [InlineData("<image href=\"data:image/svg+xml;base64,AAAA\"/>", "<image />")]
    [InlineData("<image href=\"data:image/png;base64,AAAA\"/>", "<image href=\"data:image/png;base64,AAAA\" />")]
    [InlineData("<rect fill=\"url(#paint)\"/>", "<rect fill=\"url(#paint)\" />")]
    [InlineData("<rect fill=\"url(https://evil.example)\"/>", "<rect />")]
    [InlineData("<rect style=\"fill: red; clip-path: url('#c')\"/>", "<rect style=\"fill: red; clip-path: url('#c')\" />")]
    [InlineData("<rect style=\"fill: u\\72l(//evil.example)\"/>", "<rect />")]
    [InlineData("<rect style=\"fill: ur/**/l(//evil.example)\"/>", "<rect />")]
    [InlineData("<style>.a { fill: red }</style>", "<style>.a { fill: red }</style>")]
    [InlineData("<style>@import '//evil.example';</style><g/>", "<g />")]
    [InlineData("<style>.a { background: url(//evil.example) }</style><g/>", "<g />")]
    [InlineData("<style><![CDATA[.a { fill: blue }]]></style>", "<style>.a { fill: blue }</style>")]
    [InlineData("<text>a &lt; b &amp; c</text>", "<text>a &lt; b &amp; c</text>")]
    [InlineData("<metadata><x xmlns=\"urn:x\">who drew it</x></metadata><g/>", "<g />")]
    public void Only_what_shows_stays(string inside, string expected) => Assert.Equal($"{Open}>{expected}</svg>", Sanitized($"{Open}>{inside}</svg>"));

    [Fact]
    public void A_declaration_a_type_and_comments_are_left_out() =>
        Assert.Equal("<svg viewBox=\"0 0 1 1\" xmlns=\"http://www.w3.org/2000/svg\"><g /></svg>", Sanitized($"<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x/y.dtd\">{Open} viewBox=\"0 0 1 1\"><!-- hello --><g/></svg>"));

    [Theory]
    [InlineData("<html><svg/></html>")]
    [InlineData("<svg><g></svg>")]
    [InlineData("no markup")]
    [InlineData("<svg xmlns=\"urn:other\"/>")]
    [InlineData("<!DOCTYPE svg [<!ENTITY a \"aaaa\">]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&a;</text></svg>")]
    public void What_is_no_drawing_is_refused(string text) => Assert.Null(SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Sanitising_twice_changes_nothing()
    {
        byte[] once = SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes($"{Open} onload=\"x\" width=\"3\">\n  <style>a{{b:c}}</style>\n  <g><text x=\"1\">é &amp; ü</text></g></svg>"))!;

        Assert.Equal(once, SvgSanitizer.Sanitize(once));
    }

    [Fact]
    public void Very_deep_nesting_is_cut_and_does_not_exhaust_the_stack() =>
        Assert.NotNull(SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes($"{Open}>{string.Concat(Enumerable.Repeat("<g>", 50_000))}{string.Concat(Enumerable.Repeat("</g>", 50_000))}</svg>")));

    private static string Sanitized(string text) => Encoding.UTF8.GetString(SvgSanitizer.Sanitize(Encoding.UTF8.GetBytes(text))!);
}
