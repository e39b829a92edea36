using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>Answers as rows, and premises as rows that each name their answer.</summary>
public sealed class MatchingEditor : InteractionEditor<Matching>
{
    public override Type Fields => typeof(MatchingFields);

    public override void Start(EditorForm form, QuestionKind kind)
    {
        for (int n = 0; n < 3; n++)
        {
            form.AddRow("answers", NewRow(form, "answers")).AddRow("premises", NewRow(form, "premises"));
        }
    }

    public override QuestionBody Read(EditorForm form, QuestionKind kind)
    {
        var premises = PartRows.In(form, "premises");
        var pairs = premises.Select((premise, row) => (premise.Id, Answer: form[$"premises[{row}].answer"])).Where(pair => pair.Answer.Length > 0);
        return new Matching { Prompt = "", Premises = premises, Answers = PartRows.In(form, "answers"), Key = pairs.DistinctBy(pair => pair.Id).ToDictionary(pair => pair.Id, pair => pair.Answer) };
    }

    public override string FieldOf(string fault) => fault == "key" ? "premises" : fault;

    protected override void Fill(EditorForm form, Matching body)
    {
        PartRows.Fill(form, "answers", body.Answers);
        foreach (var premise in body.Premises)
        {
            form.AddRow("premises", ("id", premise.Id), ("text", premise.Text), ("answer", body.Key.GetValueOrDefault(premise.Id, "")));
        }
    }
}
