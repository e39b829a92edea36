using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>A text as a form without script posts it, from a word to an essay.</summary>
public static class TextForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) => JsonSerializer.SerializeToElement(new { text = FormFields.Text(item, form) });
}
