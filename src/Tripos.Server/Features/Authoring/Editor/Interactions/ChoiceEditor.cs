using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>Options as rows, the right ones marked.</summary>
public sealed class ChoiceEditor : InteractionEditor<ChoiceBody>
{
    public override Type Fields => typeof(ChoiceFields);

    public override void Start(EditorForm form, QuestionKind kind)
    {
        string[] texts = kind.Name == "true-false" ? ["True", "False"] : ["", "", "", ""];
        foreach (string text in texts)
        {
            form.AddRow("options", ("id", form.FreshId("options")), ("text", text), ("explanation", ""));
        }

        form.Set("shuffle", kind.Name != "true-false");
    }

    public override QuestionBody Read(EditorForm form, QuestionKind kind)
    {
        Option[] options = [.. Enumerable.Range(0, form.Rows("options")).Select(row => OptionIn(form, row))];
        string[] key = [.. options.Select(option => option.Id).Where(form.All("key").Contains)];
        bool shuffle = form.IsChecked("shuffle");
        return kind.BodyType == typeof(SingleChoice)
            ? new SingleChoice { Prompt = "", Options = options, Key = key, ShuffleOptions = shuffle }
            : new MultipleChoice { Prompt = "", Options = options, Key = key, ShuffleOptions = shuffle, MaxResponses = form.Whole("maxResponses", "Most options to choose"), Rule = form.Choice<ChoiceRule>("rule") };
    }

    public override (string Member, string Value)[] NewRow(EditorForm form, string list) => [("id", form.FreshId(list)), ("text", ""), ("explanation", "")];

    public override string FieldOf(string fault) => fault == "key" ? "options" : fault;

    protected override void Fill(EditorForm form, ChoiceBody body)
    {
        foreach (var option in body.Options)
        {
            int row = form.Rows("options");
            form.AddRow("options", ("id", option.Id), ("text", option.Text), ("explanation", option.Explanation ?? ""));
            form.Set($"options[{row}].weight", option.Weight);
        }

        form.Set("key", body.Key).Set("shuffle", body.ShuffleOptions);
        if (body is MultipleChoice several)
        {
            form.Set("maxResponses", several.MaxResponses).Set("rule", several.Rule.ToString());
        }
    }

    private static Option OptionIn(EditorForm form, int row) => new(
        form[$"options[{row}].id"], form.Rich($"options[{row}].text"), form.OptionalRich($"options[{row}].explanation"), form.Number($"options[{row}].weight", $"Weight of option {row + 1}"));
}
