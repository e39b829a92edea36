using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

/// <summary>What free answers share: traits as rows, a good answer, and what a complete one mentions.</summary>
public abstract class FreeEditor<TBody> : InteractionEditor<TBody>
    where TBody : FreeAnswer
{
    public override (string Member, string Value)[] NewRow(EditorForm form, string list) => [("name", ""), ("title", ""), ("max", "5"), ("weight", ""), ("guide", "")];

    public override string FieldOf(string fault) => fault.StartsWith("rubric[", StringComparison.Ordinal) ? fault + ".title" : fault;

    protected static T Judged<T>(EditorForm form, T body) where T : FreeAnswer => body with
    {
        ModelAnswer = form.Optional("modelAnswer"),
        KeyPoints = form.Lines("keyPoints"),
        Rubric = [.. Enumerable.Range(0, form.Rows("rubric")).Select(row => RubricForm.TraitIn(form, row))],
    };

    protected static void FillJudged(EditorForm form, FreeAnswer body)
    {
        form.Set("modelAnswer", body.ModelAnswer ?? "").Set("keyPoints", string.Join('\n', body.KeyPoints));
        RubricForm.Fill(form, body.Rubric);
    }
}

/// <summary>A text, within limits of words.</summary>
public sealed class WrittenEditor : FreeEditor<Written>
{
    private static readonly (string Name, string Title)[] PromptTraits = [("clarity", "Clarity"), ("constraints", "Constraints"), ("iteration", "Iteration"), ("tool", "Tool")];

    public override Type Fields => typeof(WrittenFields);

    public override void Start(EditorForm form, QuestionKind kind)
    {
        foreach (var (name, title) in kind.Name == "prompt-draft" ? PromptTraits : [])
        {
            form.AddRow("rubric", ("name", name), ("title", title), ("max", "5"), ("weight", ""), ("guide", ""));
        }
    }

    public override QuestionBody Read(EditorForm form, QuestionKind kind) =>
        Judged(form, new Written { Prompt = "", MinWords = form.Whole("minWords", "Fewest words"), MaxWords = form.Whole("maxWords", "Most words") });

    protected override void Fill(EditorForm form, Written body)
    {
        form.Set("minWords", body.MinWords).Set("maxWords", body.MaxWords);
        FillJudged(form, body);
    }
}

/// <summary>Words to be spoken, or answers that count.</summary>
public sealed class SpokenEditor : FreeEditor<Spoken>
{
    public override Type Fields => typeof(SpokenFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => Judged(form, new Spoken { Prompt = "", Script = form.Optional("script"), Accepted = form.Lines("accepted") });

    protected override void Fill(EditorForm form, Spoken body)
    {
        form.Set("script", body.Script ?? "").Set("accepted", string.Join('\n', body.Accepted));
        FillJudged(form, body);
    }
}

/// <summary>Code to be written.</summary>
public sealed class CodeEditor : FreeEditor<CodeAnswer>
{
    public override Type Fields => typeof(CodeFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) =>
        Judged(form, new CodeAnswer { Prompt = "", Language = form.Optional("language")?.ToLowerInvariant(), Starter = form["starter"].Trim('\n') is { Length: > 0 } starter ? starter : null });

    protected override void Fill(EditorForm form, CodeAnswer body)
    {
        form.Set("language", body.Language ?? "").Set("starter", body.Starter ?? "");
        FillJudged(form, body);
    }
}
