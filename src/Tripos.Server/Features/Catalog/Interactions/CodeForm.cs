using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Code as a form without script posts it; the untouched starter is no answer.</summary>
public static class CodeForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form)
    {
        string code = FormFields.Text(item, form), file = FormFields.Text(item, form, "file");
        bool untouched = code == ((CodeAnswer)item.Shown).Starter?.ReplaceLineEndings("\n");
        return JsonSerializer.SerializeToElement(new { code = untouched ? "" : code, fileName = file.Length > 0 && !untouched ? file : null }, QuestionJson.Options);
    }
}
