using System.Globalization;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Areas of a picture, drawn over it.</summary>
public static class AreaShapes
{
    /// <summary>An SVG shape in the pixels of a picture of this size.</summary>
    public static string Draw(HotArea area, double width, double height)
    {
        var c = area.Coordinates;
        return area.Shape switch
        {
            AreaShape.Rectangle => string.Create(CultureInfo.InvariantCulture, $"""<rect class="area" x="{c[0] * width:0.#}" y="{c[1] * height:0.#}" width="{c[2] * width:0.#}" height="{c[3] * height:0.#}" />"""),
            AreaShape.Circle => string.Create(CultureInfo.InvariantCulture, $"""<circle class="area" cx="{c[0] * width:0.#}" cy="{c[1] * height:0.#}" r="{c[2] * width:0.#}" />"""),
            _ => $"""<polygon class="area" points="{string.Join(' ', c.Chunk(2).Select(xy => string.Create(CultureInfo.InvariantCulture, $"{xy[0] * width:0.#},{xy[1] * height:0.#}")))}" />""",
        };
    }

    /// <summary>A numbered place in the pixels of a picture of this size.</summary>
    public static string DrawPoint(int number, (double X, double Y) point, string? tone, double width, double height) => string.Create(CultureInfo.InvariantCulture, $"""
        <g class="point" data-tone="{tone}"><circle cx="{point.X * width:0.#}" cy="{point.Y * height:0.#}" r="{width / 40:0.#}" /><text x="{point.X * width:0.#}" y="{point.Y * height:0.#}" font-size="{width / 28:0.#}">{number}</text></g>
        """);

    /// <summary>Whether a place is in an area, by the rule that graded it.</summary>
    public static bool Holds(QuestionKind kind, HotSpot body, HotArea area, (double X, double Y) point) =>
        ReviewMarks.IsRight(kind, body with { Areas = [area], MostPoints = 1 }, new { points = new[] { new { x = point.X, y = point.Y } } });
}
