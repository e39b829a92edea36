using System.Text;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>One answer with what all traits need to know of it, found out once.</summary>
internal sealed class Examination
{
    private const double MuchCopied = 0.25;

    private Examination(AnswerToJudge answer, string text, string judged, ScoringResources resources)
    {
        (Answer, Original) = (answer, text);
        var isWord = resources.Dictionaries.Count == 0 ? null : (Func<string, bool>)(word => resources.Dictionaries.Any(dictionary => dictionary.Knows(word)));
        Question = WrittenText.Of(Whole(answer.Question));
        var full = Full = WrittenText.Of(judged);
        Honesty = Honesty.Of(full, Question.Text, isWord);
        Written = full.Without(Characters(full, Honesty.Orders));
        Templates = Templates.In(Written);
        IEnumerable<Stretch> notOwn = [.. Honesty.Repeats, .. Honesty.CopiedShare >= MuchCopied ? Honesty.Copied : [], .. Templates.Dominate ? Templates.Frames.Select(frame => new Stretch(frame.First, frame.Last + 1)).Select(frame => Same(full, Written, frame)) : []];
        Own = full.Without([.. Characters(full, Honesty.Orders), .. Characters(full, notOwn)]);
        Grammar = GrammarCheck.Of(Written, OneSentence);
        Spelling = Misspellings.Of(Written, answer.Question, resources);
        Cohesion = Cohesion.In(Own);
        Vocabulary = VocabularyRange.In(Own, IsSummary ? WrittenText.Of(Whole(answer.Body.Prompt)) : Question, (Spelling ?? []).Select(finding => finding.Place.Quote!.ToLowerInvariant()).ToHashSet());
        Relevance = Relevance.Of(Own, answer.Body is Written { Transcript: { } heard } ? Whole(heard) : Question.Text);
    }

    public AnswerToJudge Answer { get; }

    /// <summary>The answer as it was sent: places quote it.</summary>
    public string Original { get; }

    /// <summary>All that was written.</summary>
    public WrittenText Full { get; }

    public WrittenText Question { get; }

    public Honesty Honesty { get; }

    /// <summary>All that was written, without orders to the examiner.</summary>
    public WrittenText Written { get; }

    /// <summary>What is the learner's own: also without what was copied, written twice or learned by heart.</summary>
    public WrittenText Own { get; }

    public Templates Templates { get; }

    public IReadOnlyList<Finding> Grammar { get; }

    /// <summary>Null without dictionaries.</summary>
    public IReadOnlyList<Finding>? Spelling { get; }

    public Cohesion Cohesion { get; }

    public VocabularyRange Vocabulary { get; }

    public Relevance Relevance { get; }

    /// <summary>A summary in a single sentence is asked for.</summary>
    public bool OneSentence => Answer.Kind.Name == "pte-summarize-written-text";

    public bool IsSummary => Answer.Kind.Name is "pte-summarize-written-text" or "pte-summarize-spoken-text";

    /// <summary>Mistakes of grammar and punctuation for each hundred words; short texts are treated as if they had forty.</summary>
    public double Density => Grammar.Sum(finding => finding.Weight) * 100 / Math.Max(40, Written.Words.Count);

    /// <summary>The fewest words an answer of this kind needs to say something.</summary>
    public int Expected => Answer.Body is Written { MinWords: { } min } && min > 0 ? min : Answer.Kind.Name switch { "pte-write-essay" => 200, "pte-summarize-spoken-text" => 50, "pte-summarize-written-text" => 25, "prompt-draft" => 60, _ => 40 };

    /// <summary>What a person should look at, the worst first; null for nothing.</summary>
    public string? Flag => !Honesty.IsEnglish ? "not-english"
        : Honesty.Orders.Count > 0 ? "orders"
        : Honesty.IsStuffed ? "stuffed"
        : Templates.Dominate ? Templates.Flag
        : Honesty.CopiedShare >= (IsSummary ? 0.5 : MuchCopied) ? Copying.Flag
        : Relevance.IsOff && Answer.Kind.Name != "prompt-draft" ? "off-topic"
        : Honesty.Repeats.Count > 1 ? "repeated"
        : null;

    /// <exception cref="ArgumentException">The answer has no text.</exception>
    public static Examination Of(AnswerToJudge answer, ScoringResources resources)
    {
        string text = answer.Text ?? throw new ArgumentException("There is nothing written to judge.", nameof(answer));
        return new(answer, text, Whole(text), resources);
    }

    /// <summary>A place in the answer as it was sent.</summary>
    public Place At(Place place) => Place.InText(Original, place.Start, place.End - place.Start);

    public Place At(WrittenText text, Stretch stretch) => At(text.PlaceOf(stretch));

    public Place At(Word word) => Place.InText(Original, word.Start, word.End - word.Start);

    // Half a surrogate pair stops normalisation; a character of the same length keeps all places.
    private static string Whole(string text)
    {
        var whole = new StringBuilder(text);
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            whole[i] = char.IsSurrogate(text[i]) && !pair ? '\uFFFD' : text[i] == '\0' ? ' ' : text[i];
            i += pair ? 1 : 0;
        }

        return whole.ToString();
    }

    private static IEnumerable<(int Start, int End)> Characters(WrittenText text, IEnumerable<Stretch> stretches) =>
        stretches.Select(stretch => (text.Words[stretch.First].Start, text.Words[stretch.End - 1].End));

    // The same words in the full text, by their places.
    private static Stretch Same(WrittenText full, WrittenText part, Stretch stretch) =>
        new(full.IndexAt(part.Words[stretch.First].Start), full.IndexAt(part.Words[stretch.End - 1].Start) + 1);
}
