using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>Accepted answers, one a line.</summary>
public sealed class ShortTextEditor : InteractionEditor<ShortText>
{
    public override Type Fields => typeof(ShortTextFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new ShortText { Prompt = "", Accepted = form.Lines("accepted"), CaseSensitive = form.IsChecked("caseSensitive") };

    protected override void Fill(EditorForm form, ShortText body) => form.Set("accepted", string.Join('\n', body.Accepted)).Set("caseSensitive", body.CaseSensitive);
}

/// <summary>A number, how far off still counts, and its units as rows.</summary>
public sealed class NumericEditor : InteractionEditor<Numeric>
{
    public override Type Fields => typeof(NumericFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new Numeric
    {
        Prompt = "",
        Value = form.Number("value", "The right number"),
        Tolerance = form.Number("tolerance", "How far off") ?? 0,
        RelativeTolerance = (form.Number("relativeTolerance", "How far off in per cent") ?? 0) / 100,
        Units = [.. Enumerable.Range(0, form.Rows("units")).Select(row => new Unit(form[$"units[{row}].name"].Trim(), form.Number($"units[{row}].factor", $"Factor of unit {row + 1}") ?? 1))],
    };

    public override (string Member, string Value)[] NewRow(EditorForm form, string list) => [("name", ""), ("factor", "1")];

    protected override void Fill(EditorForm form, Numeric body)
    {
        form.Set("value", body.Value).Set("tolerance", body.Tolerance).Set("relativeTolerance", body.RelativeTolerance * 100);
        foreach (var unit in body.Units)
        {
            int row = form.Rows("units");
            form.AddRow("units", ("name", unit.Name)).Set($"units[{row}].factor", unit.Factor);
        }
    }
}

/// <summary>The sentence that is dictated.</summary>
public sealed class DictationEditor : InteractionEditor<Dictation>
{
    public override Type Fields => typeof(DictationFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new Dictation { Prompt = "", Sentence = form.Optional("sentence") };

    protected override void Fill(EditorForm form, Dictation body) => form.Set("sentence", body.Sentence ?? "");
}

/// <summary>Nothing of its own: what every question has is all.</summary>
public sealed class DescriptionEditor : InteractionEditor<Description>
{
    public override Type Fields => typeof(DescriptionFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new Description { Prompt = "" };

    protected override void Fill(EditorForm form, Description body)
    {
    }
}
