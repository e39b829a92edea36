using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Pairs as a form without script posts them: one list per premise.</summary>
public static class MatchingForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) =>
        JsonSerializer.SerializeToElement(new { pairs = FormFields.Of(item, form, ((Matching)item.Shown).Premises.Select(premise => premise.Id)) });
}
