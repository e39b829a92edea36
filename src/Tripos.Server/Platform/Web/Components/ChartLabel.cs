using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Tripos.Server.Platform.Web.Components;

/// <summary>A text inside an SVG drawing. Razor keeps the tag <c>text</c> for itself, so it is built here.</summary>
public sealed class ChartLabel : ComponentBase
{
    [Parameter, EditorRequired] public string X { get; set; } = "";
    [Parameter, EditorRequired] public string Y { get; set; } = "";

    /// <summary>start, middle or end.</summary>
    [Parameter] public string Anchor { get; set; } = "start";
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", "chart-label");
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
