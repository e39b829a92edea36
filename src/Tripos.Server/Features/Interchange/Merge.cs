using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>Brings what a file says of a question together with what is stored. Pure.</summary>
internal static class Merge
{
    /// <param name="Kind">The kind it has now.</param>
    /// <param name="Body">What the question says now; the stored body itself when nothing changed.</param>
    /// <param name="Changed">Whether that is a new version.</param>
    /// <param name="ContentChanged">Whether learners read something else than before.</param>
    /// <param name="KeyLost">Whether the stored key no longer fits and the file brings none.</param>
    /// <param name="KeyChanged">Whether the file's key contradicts the stored one.</param>
    public sealed record Result(QuestionKind Kind, QuestionBody Body, bool Changed, bool ContentChanged, bool KeyLost, bool KeyChanged);

    /// <param name="question">As the file has it.</param>
    /// <param name="stored">As it is here.</param>
    /// <param name="isShared">Whether another exam has it too: then the file only adds what is missing, or two files would overwrite each other for ever.</param>
    public static Result Of(ExamQuestion question, StoredQuestion stored, bool isShared)
    {
        if (question.Body is ChoiceBody && stored.Body is ChoiceBody)
        {
            return MergeChoice.Of(question, stored, isShared);
        }

        bool same = question.Kind.Name == stored.Kind.Name && Match.LikenessOf(question.Body) == stored.Likeness;
        var incoming = question.Body with { Explanation = question.Body.Explanation ?? (same ? stored.Body.Explanation : null) };
        bool keyless = incoming.NeedsKey && !stored.Body.NeedsKey;
        if (same && (isShared || keyless)) // a file without keys never takes a key away
        {
            return new(stored.Kind, stored.Body, Changed: false, ContentChanged: false, KeyLost: false, KeyChanged: false);
        }

        bool changed = !same || question.Kind.WriteBody(incoming) != stored.Kind.WriteBody(stored.Body);
        bool keyChanged = same && !stored.Body.NeedsKey && QuestionKeys.Written(incoming) != QuestionKeys.Written(stored.Body);
        return changed ? new(question.Kind, incoming, true, !same, keyless, keyChanged) : new(stored.Kind, stored.Body, false, false, false, false);
    }

    /// <summary>The kind a question keeps when its body changed; only when the body is no longer one of that kind, the nearest that fits.</summary>
    public static QuestionKind KindFor(QuestionKind before, QuestionBody body) => before.BodyType == body.GetType() ? before
        : QuestionKinds.All.FirstOrDefault(kind => kind.BodyType == body.GetType() && kind.Group == before.Group && kind.Group != KindGroup.General && kind.Requires == before.Requires)
            ?? QuestionKinds.PlainOf(body);
}
