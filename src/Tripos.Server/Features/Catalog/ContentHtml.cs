using System.Text.Encodings.Web;
using Markdig;
using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog;

/// <summary>Turns what authors wrote into HTML that is safe to show.</summary>
public static class ContentHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseMathematics().Build();

    public static string Render(ContentFormat format, string text) => format switch
    {
        ContentFormat.Markdown => HtmlSanitizer.Sanitize(Markdown.ToHtml(text, Pipeline)),
        ContentFormat.Html => HtmlSanitizer.Sanitize(text),
        _ => HtmlEncoder.Default.Encode(text).Replace("&#xA;", "<br>", StringComparison.Ordinal),
    };

    /// <summary>Source code, as the component CodeListing draws it.</summary>
    public static string Listing(CodeBlock code)
    {
        string language = HtmlEncoder.Default.Encode(code.Language ?? "");
        return language.Length == 0
            ? $"""<pre class="code" tabindex="0" role="group" aria-label="Code"><code>{HtmlEncoder.Default.Encode(code.Text)}</code></pre>"""
            : $"""<pre class="code" tabindex="0" role="group" aria-label="Code, {language}"><code class="language-{language}">{HtmlEncoder.Default.Encode(code.Text)}</code></pre>""";
    }
}
