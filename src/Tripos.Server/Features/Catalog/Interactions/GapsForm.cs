using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Gaps as a form without script posts them: a field per gap, whether typed or chosen.</summary>
public static class GapsForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) =>
        JsonSerializer.SerializeToElement(new { gaps = FormFields.Of(item, form, ((GapBody)item.Shown).GapIds) });
}
