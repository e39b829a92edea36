using Tripos.Evaluation;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What somebody says of a place of an answer, with the number it has on the page.</summary>
/// <param name="Tone">Name of its look: <c>good</c>, <c>warn</c>, <c>info</c> for suggestions, <c>teacher</c>.</param>
public sealed record AnswerNote(int Number, string Tone, string Who, string Says, Place Place);

/// <summary>Everything that points at places of one answer, numbered in the order of the answer.</summary>
public sealed class AnswerNotes
{
    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);

    private AnswerNotes(IReadOnlyList<AnswerNote> notes) => All = notes;

    public static AnswerNotes None { get; } = new([]);

    public IReadOnlyList<AnswerNote> All { get; }

    public static AnswerNotes Of(IEnumerable<MachineWord> machines, IEnumerable<(string Who, MarkComment Comment)> comments)
    {
        List<(object Key, string Tone, string Who, string Says, Place Place)> found = [];
        foreach (var machine in machines.Where(machine => machine.Verdict is not null))
        {
            string who = WhoIs(machine);
            found.AddRange(from trait in machine.Verdict!.Traits from each in trait.Evidence where each.Place is not null select ((object)each, each.IsGood ? "good" : "warn", who, each.Says, each.Place));
            found.AddRange(from each in machine.Verdict.Suggestions where each.Place is not null select ((object)each, "info", who, each.Text, each.Place));
        }

        found.AddRange(from each in comments where each.Comment.Place is not null select ((object)each.Comment, "teacher", each.Who, each.Comment.Text, each.Comment.Place));
        var ordered = found.OrderBy(note => note.Place.Start).ThenBy(note => note.Place.End).ToList();
        var notes = new AnswerNotes([.. ordered.Select((note, i) => new AnswerNote(i + 1, note.Tone, note.Who, note.Says, note.Place))]);
        for (int i = 0; i < ordered.Count; i++)
        {
            if (ordered[i].Place.Unit == PlaceUnit.Text) // places in a recording are found by their time
            {
                notes._numbers[ordered[i].Key] = i + 1;
            }
        }

        return notes;
    }

    /// <summary>The number of a piece of evidence, a suggestion or a comment; null where it points at no place of a text.</summary>
    public int? NumberOf(object said) => _numbers.TryGetValue(said, out int number) ? number : null;

    public static string WhoIs(MachineWord machine) => machine.Evaluator == Attempts.EvaluatorKind.Model ? "Model" : "Local evaluator";
}
