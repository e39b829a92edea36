namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Fields of one question in the form of the whole page: <c>q3</c>, or <c>q3.id</c> where there are several.</summary>
internal static class FormFields
{
    /// <summary>A text; line breaks come as one character, as scripts send them.</summary>
    public static string Text(ShownQuestion item, IFormCollection form, string? id = null) =>
        form[id is null ? $"q{item.Position}" : $"q{item.Position}.{id}"].ToString().ReplaceLineEndings("\n");

    /// <summary>The texts that are filled, by id.</summary>
    public static Dictionary<string, string> Of(ShownQuestion item, IFormCollection form, IEnumerable<string> ids) =>
        ids.Select(id => (id, text: Text(item, form, id))).Where(field => field.text.Length > 0).ToDictionary(field => field.id, field => field.text);
}
