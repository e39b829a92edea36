using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>How one interaction is written: its part of the form, and how a body becomes fields and fields a body.</summary>
public abstract class InteractionEditor
{
    /// <summary>Component without parameters that draws the fields from the cascading <see cref="EditorContext"/>.</summary>
    public abstract Type Fields { get; }

    /// <summary>Fields of a new question.</summary>
    public virtual void Start(EditorForm form, QuestionKind kind)
    {
    }

    /// <summary>Puts what is particular to the interaction into fields.</summary>
    public abstract void Fill(EditorForm form, QuestionBody body);

    /// <summary>The body, without what every body has; numbers that are none become faults of the form.</summary>
    public abstract QuestionBody Read(EditorForm form, QuestionKind kind);

    /// <summary>Brings rows in line with what was typed elsewhere, such as the gaps of a text; before reading and drawing.</summary>
    public virtual void Align(EditorForm form)
    {
    }

    /// <summary>The members of a row that is added to a list.</summary>
    public virtual (string Member, string Value)[] NewRow(EditorForm form, string list) => [("id", form.FreshId(list)), ("text", "")];

    /// <summary>The field to mend for a fault of the body that names no field of the form.</summary>
    public virtual string FieldOf(string fault) => fault;
}

/// <summary>The editor of bodies of one type.</summary>
public abstract class InteractionEditor<TBody> : InteractionEditor
    where TBody : QuestionBody
{
    public sealed override void Fill(EditorForm form, QuestionBody body) => Fill(form, (TBody)body);

    protected abstract void Fill(EditorForm form, TBody body);
}
