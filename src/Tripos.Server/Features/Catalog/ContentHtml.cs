using System.Text.Encodings.Web;
using Markdig;
using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog;

/// <summary>Turns what authors wrote into HTML that is safe to show.</summary>
public static class ContentHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().Build();

    public static string Render(ContentFormat format, string text) => format switch
    {
        ContentFormat.Markdown => HtmlSanitizer.Sanitize(Markdown.ToHtml(text, Pipeline)),
        ContentFormat.Html => HtmlSanitizer.Sanitize(text),
        _ => HtmlEncoder.Default.Encode(text).Replace("&#xA;", "<br>", StringComparison.Ordinal),
    };
}
