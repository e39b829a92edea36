using System.Collections.Frozen;

namespace Tripos.Evaluation.Writing;

/// <summary>A mistake at a place.</summary>
/// <param name="Rule">Name of the rule; one rule speaks once in suggestions.</param>
/// <param name="Says">What is wrong, for the learner.</param>
/// <param name="Advice">What to write instead, in the imperative.</param>
/// <param name="Place">Where.</param>
/// <param name="Weight">How much it counts: 1 for grammar, less for punctuation.</param>
internal sealed record Finding(string Rule, string Says, string Advice, Place Place, double Weight = 1);

/// <summary>A word with its neighbours in the same sentence.</summary>
internal readonly record struct Around(WrittenText Text, Stretch Sentence, int At)
{
    private static readonly FrozenSet<string> BeforeBaseForm = WordLists.Rule("before-base-form");

    /// <summary>The word some places on, in small letters; empty outside the sentence.</summary>
    public string this[int offset] => At + offset >= Sentence.First && At + offset < Sentence.End ? Text.Words[At + offset].Lower : "";

    public bool IsFirst => At == Sentence.First;

    /// <summary>Nothing but white space between this word and one before or behind it, and all words between.</summary>
    public bool Joined(int offset)
    {
        for (int i = Math.Min(At, At + offset); i < Math.Max(At, At + offset); i++)
        {
            if (i < Sentence.First || i + 1 >= Sentence.End || !string.IsNullOrWhiteSpace(Text.Between(i, i + 1)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Stands at the start of a clause: of the sentence, after a comma, or after a conjunction.</summary>
    public bool StartsClause => IsFirst || !Joined(-1)
        || this[-1] is "and" or "but" or "because" or "that" or "if" or "when" or "think" or "so" or "although" or "or" or "then" or "believe" or "where" or "while" or "since" or "also";

    /// <summary>One of some words stands up to three places before: an auxiliary that takes the base form, or a verb such as <c>let</c>.</summary>
    public bool BaseFormAllowed
    {
        get
        {
            for (int i = -1; i >= -4; i--)
            {
                if (BeforeBaseForm.Contains(this[i]))
                {
                    return true;
                }
            }

            return false;
        }
    }

    public Finding Found(string rule, int from, int to, string says, string advice, double weight = 1) =>
        new(rule, says, advice, Text.PlaceOf(At + from, At + to), weight);
}
