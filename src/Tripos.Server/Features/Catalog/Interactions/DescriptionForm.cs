using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Whether a description was read, as a form without script posts it.</summary>
public static class DescriptionForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) => JsonSerializer.SerializeToElement(new { seen = FormFields.Text(item, form) == "seen" });
}
