using FsCheck;
using FsCheck.Fluent;

namespace Tripos.Formats.Tests;

public sealed class HtmlSanitizerTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines", "two<br>lines")]
    [InlineData("a &lt; b &amp; c", "a &lt; b &amp; c")]
    [InlineData("1 < 2 and <class 'int'>", "1 &lt; 2 and &lt;class 'int'&gt;")]
    [InlineData("<p>x</p><script>alert(1)</script>", "<p>x</p>")]
    [InlineData("<p onclick=\"x()\" style=\"color:red\" class=\"a\">x</p>", "<p>x</p>")]
    [InlineData("<code >x</code >", "<code>x</code>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\" JaVaScRiPt:alert(1)\">x</a>", "<a>x</a>")]
    [InlineData("<a href=\"https://example.org/?a=1&amp;b=2\" target=_blank>x</a>", "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener nofollow\">x</a>")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\" alt=\"\">")]
    [InlineData("<img src=//evil.example/x.png>", "")]
    [InlineData("<img src=\"data:image/svg+xml;base64,AAAA\">", "")]
    [InlineData("<img src=\"data:image/png;base64,AAAA\" alt=\"A\">", "<img src=\"data:image/png;base64,AAAA\" alt=\"A\">")]
    [InlineData("<img src=\"../../secret\">", "")]
    [InlineData("<img src=\"/media/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\" alt=\"A\">", "<img src=\"/media/0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\" alt=\"A\">")]
    [InlineData("<img src=\"/media/files\">", "")]
    [InlineData("<img src=\"/api/sessions\">", "")]
    [InlineData("<svg><style><img src=x onerror=alert(1)></style></svg>ok", "<img src=\"x\" alt=\"\">ok")]
    [InlineData("<math><mi></mi></math>ok<iframe src=x>inside</iframe>", "ok")]
    [InlineData("<div>a</div><div>b</div>", "a<br>b")]
    [InlineData("<h2>a</h2>b", "a<br>b")]
    [InlineData("<font color=red>a</font>", "a")]
    [InlineData("<span class=\"language-python evil\">a</span>", "<span class=\"language-python\">a</span>")]
    [InlineData("<span class=\"math\" style=\"x\">\\(a\\)</span><div class=\"math\">\\[b\\]</div>", "<span class=\"math\">\\(a\\)</span><div class=\"math\">\\[b\\]</div>")]
    [InlineData("<div class=\"math evil\">a</div>b", "a<br>b")]
    [InlineData("<pre>\n\nx</pre>", "<pre>\n\nx</pre>")]
    [InlineData("<table><tr><td colspan=2 onclick=x>a</td></tr></table>", "<table><tbody><tr><td colspan=\"2\">a</td></tr></tbody></table>")]
    [InlineData("<p>unclosed <b>bold", "<p>unclosed <b>bold</b></p>")]
    [InlineData("<!-- c -->x<!--><script>1</script>-->", "x--&gt;")]
    public void Only_what_is_allowed_stays(string html, string expected) => Assert.Equal(expected, HtmlSanitizer.Sanitize(html));

    [Theory]
    [InlineData("<p>One</p><p>two &amp; <b>three</b></p>", "One two & three")]
    [InlineData("<p>x<script>alert(1)</script></p>", "x")]
    [InlineData("&lt;b&gt;", "<b>")]
    [InlineData("<img src=a.png alt=\"a picture\">", "a picture")]
    public void Text_is_what_a_reader_sees(string html, string expected) => Assert.Equal(expected, HtmlSanitizer.ToText(html));

    [Fact]
    public void Sanitising_twice_is_sanitising_once()
    {
        string[] pieces = ["<p>", "</p>", "<b>", "</b>", "<script>", "</script>", "<a href=\"http://x\">", "</a>", "<pre>", "</pre>", "\n", " ", "&lt;", "&amp;lt;", "<", ">", "x", "<table>", "<td>", "<div>", "</div>", "<li>", "<ul>", "\"", "<img src=y>", "<int>", "<svg>", "<h1>", "&nbsp;", "<code >"];
        var html = Gen.ListOf(Gen.Elements(pieces)).Select(string.Concat);

        Prop.ForAll(Arb.From(html), text =>
        {
            string once = HtmlSanitizer.Sanitize(text);
            return !once.Contains("<script", StringComparison.OrdinalIgnoreCase) && HtmlSanitizer.Sanitize(once) == once;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_hundred_thousand_nested_tags_do_not_exhaust_the_stack()
    {
        string clean = HtmlSanitizer.Sanitize(string.Concat(Enumerable.Repeat("<span>", 100_000)) + "x");

        Assert.Contains('x', clean);
    }
}
