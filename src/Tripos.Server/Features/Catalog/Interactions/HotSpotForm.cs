using System.Globalization;
using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Places as a form without script posts them: two numbers each, in percent.</summary>
public static class HotSpotForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) => JsonSerializer.SerializeToElement(new
    {
        points = Enumerable.Range(1, ((HotSpot)item.Shown).MostPoints).Select(i => (X: Share(item, form, $"x{i}"), Y: Share(item, form, $"y{i}")))
            .Where(point => point is { X: not null, Y: not null }).Select(point => new { x = point.X, y = point.Y }),
    });

    private static double? Share(ShownQuestion item, IFormCollection form, string id) =>
        double.TryParse(FormFields.Text(item, form, id), NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) && percent is >= 0 and <= 100
            ? Math.Round(percent / 100, 4) : null;
}
