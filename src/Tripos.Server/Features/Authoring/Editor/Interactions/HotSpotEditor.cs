using System.Globalization;
using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>Areas as rows: a shape and its place in per cent of the picture.</summary>
public sealed class HotSpotEditor : InteractionEditor<HotSpot>
{
    public override Type Fields => typeof(HotSpotFields);

    public override void Start(EditorForm form, QuestionKind kind) => form.AddRow("areas", NewRow(form, "areas")).Set("mostPoints", "1");

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new HotSpot
    {
        Prompt = "",
        Areas = [.. Enumerable.Range(0, form.Rows("areas")).Select(row => AreaIn(form, row))],
        MostPoints = form.Whole("mostPoints", "Most places to mark") ?? Math.Max(1, form.Rows("areas")),
    };

    public override (string Member, string Value)[] NewRow(EditorForm form, string list) => [("id", form.FreshId(list)), ("shape", "Rectangle"), ("coordinates", ""), ("label", "")];

    public override string FieldOf(string fault) => fault.StartsWith("areas[", StringComparison.Ordinal) ? fault + ".coordinates" : fault;

    protected override void Fill(EditorForm form, HotSpot body)
    {
        form.Set("mostPoints", $"{body.MostPoints}");
        foreach (var area in body.Areas)
        {
            form.AddRow("areas", ("id", area.Id), ("shape", area.Shape.ToString()), ("label", area.Label),
                ("coordinates", string.Join(", ", area.Coordinates.Select(share => (share * 100).ToString("0.##", CultureInfo.InvariantCulture)))));
        }
    }

    private static HotArea AreaIn(EditorForm form, int row) =>
        new(form[$"areas[{row}].id"], form.Choice<AreaShape>($"areas[{row}].shape"), Shares(form[$"areas[{row}].coordinates"]), form[$"areas[{row}].label"].Trim());

    /// <summary>What is no number leaves its place empty, so that the body says which area is wrong.</summary>
    private static List<double> Shares(string text)
    {
        var numbers = text.Split([',', ' ', ';', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent) ? percent / 100 : double.NaN).ToList();
        return numbers.Exists(double.IsNaN) ? [] : numbers;
    }
}
