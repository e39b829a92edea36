using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>Parts as rows in the right order.</summary>
public sealed class OrderingEditor : InteractionEditor<Ordering>
{
    public override Type Fields => typeof(OrderingFields);

    public override void Start(EditorForm form, QuestionKind kind)
    {
        for (int n = 0; n < 3; n++)
        {
            form.AddRow("parts", NewRow(form, "parts"));
        }

        form.Set("keyed", true);
    }

    public override QuestionBody Read(EditorForm form, QuestionKind kind)
    {
        var parts = PartRows.In(form, "parts");
        return new Ordering { Prompt = "", Parts = parts, Key = form.IsChecked("keyed") ? [.. parts.Select(part => part.Id)] : [], Rule = form.Choice<OrderRule>("rule") };
    }

    public override string FieldOf(string fault) => fault == "key" ? "parts" : fault;

    protected override void Fill(EditorForm form, Ordering body)
    {
        PartRows.Fill(form, "parts", body.NeedsKey ? body.Parts : body.Parts.OrderBy(part => body.Key.ToList().IndexOf(part.Id)));
        form.Set("keyed", !body.NeedsKey).Set("rule", body.Rule.ToString());
    }
}
