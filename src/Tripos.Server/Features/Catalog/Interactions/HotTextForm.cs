using System.Globalization;
using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Marked words as a form without script posts them.</summary>
public static class HotTextForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) =>
        JsonSerializer.SerializeToElement(new { marked = form[$"q{item.Position}"].Select(word => int.TryParse(word, CultureInfo.InvariantCulture, out int index) ? index : -1) });
}
