using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>Traits as rows of fields, and back. Rows without a title are not there.</summary>
public static class RubricForm
{
    public static EditorForm Of(string name, IReadOnlyList<RubricTrait> traits, int? number)
    {
        var form = new EditorForm().Set("name", name).Set("basedOn", $"{number}");
        Fill(form, traits);
        return form;
    }

    /// <summary>Puts traits into the rows of a form, in the place of those it has.</summary>
    public static void Fill(EditorForm form, IReadOnlyList<RubricTrait> traits)
    {
        while (form.Rows("rubric") is > 0 and var count)
        {
            form.RemoveRow("rubric", count - 1);
        }

        foreach (var trait in traits)
        {
            int row = form.Rows("rubric");
            form.AddRow("rubric", ("name", trait.Name), ("title", trait.Title), ("guide", trait.Guide ?? "")).Set($"rubric[{row}].max", trait.Max).Set($"rubric[{row}].weight", trait.Weight);
        }
    }

    public static IReadOnlyList<RubricTrait> Traits(EditorForm form) =>
        [.. Enumerable.Range(0, form.Rows("rubric")).Where(row => form.Optional($"rubric[{row}].title") is not null).Select(row => TraitIn(form, row))];

    /// <summary>The permanent name comes from the title, once.</summary>
    public static RubricTrait TraitIn(EditorForm form, int row)
    {
        string title = form[$"rubric[{row}].title"].Trim();
        string name = form.Optional($"rubric[{row}].name") ?? string.Join('-', title.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var weight = form.Number($"rubric[{row}].weight", $"Weight of trait {row + 1}");
        return new(name, title, form.Number($"rubric[{row}].max", $"Most points of trait {row + 1}") ?? 0, form.Optional($"rubric[{row}].guide")) { Weight = weight is null or 1 ? null : weight };
    }
}
