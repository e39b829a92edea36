using System.Globalization;
using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>An order as a form without script posts it: the place of each part. Parts without a place are left out; of two in one place the first shown goes first.</summary>
public static class OrderingForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form)
    {
        var places = FormFields.Of(item, form, ((Ordering)item.Shown).Parts.Select(part => part.Id));
        return JsonSerializer.SerializeToElement(new { order = places.OrderBy(place => int.TryParse(place.Value, CultureInfo.InvariantCulture, out int n) ? n : int.MaxValue).Select(place => place.Key) });
    }
}
