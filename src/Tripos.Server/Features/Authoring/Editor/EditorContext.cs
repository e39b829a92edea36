using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>What the parts of the editor draw from.</summary>
/// <param name="Url">Where the form is posted to.</param>
/// <param name="Faults">What is wrong, by field of the form.</param>
/// <param name="Focus">The field the author goes on in; null for none.</param>
public sealed record EditorContext(
    string Url, QuestionKind Kind, EditorForm Form, IReadOnlyList<BodyFault> Faults, IReadOnlyList<ReadTopics.Row> Topics, IReadOnlyList<string> Tags, IReadOnlyList<LibraryChoice> Media, IReadOnlyList<RubricChoice> Rubrics, string? Focus)
{
    public string? FaultOf(string field) => Faults.FirstOrDefault(fault => fault.Field == field)?.Message;

    /// <summary>The same faults, each at a field that is in the form.</summary>
    public static IReadOnlyList<BodyFault> AtFields(IEnumerable<BodyFault> faults, EditorForm form, InteractionEditor editor)
    {
        var names = form.Names.ToHashSet(StringComparer.Ordinal);
        return [.. faults.Select(fault => fault with { Field = Field(fault.Field) }).DistinctBy(fault => (fault.Field, fault.Message))];

        string Field(string fault)
        {
            string field = editor.FieldOf(fault switch { "audio" => "audio.hash", "image" => "image.hash", _ => fault });
            while (!names.Contains(field) && field.LastIndexOfAny(['.', '[']) is > 0 and var end)
            {
                field = field[..end];
            }

            return field;
        }
    }
}

/// <summary>A picture or a sound of the library an author can choose.</summary>
public sealed record LibraryChoice(Media Media, string Title)
{
    public bool IsImage => Media.Type.StartsWith("image/", StringComparison.Ordinal);
}
