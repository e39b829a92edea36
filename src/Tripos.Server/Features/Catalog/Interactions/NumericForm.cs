using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>A number and its unit as a form without script posts them.</summary>
public static class NumericForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form)
    {
        string unit = FormFields.Text(item, form, "unit");
        return JsonSerializer.SerializeToElement(new { value = FormFields.Text(item, form), unit = unit.Length > 0 ? unit : null }, QuestionJson.Options);
    }
}
