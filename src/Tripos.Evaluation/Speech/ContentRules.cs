using System.Globalization;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation.Speech;

/// <summary>What was said, against what should have been said.</summary>
public static class ContentRules
{
    private const double AlmostNone = 0.15; // repeat sentence: fewer of its words than this earn nothing
    private const double Covered = 0.5; // share of the words of a key point
    private const double EnoughOfModel = 0.35; // of the words of a model answer: nobody says it in the same words
    private const double NotYetWhole = 0.5;
    private const int MostEvidence = 12;
    private const string Weak = "Free speech is recognised poorly: treat these points as a rough guess.";

    /// <summary>Reading a text aloud: the share of its words that were read, less words added; any mistake costs at least half a point.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="answer">With a script.</param>
    /// <remarks>docs/scoring.md: words replaced, left out or added are mistakes. Words said again count for fluency, not here.</remarks>
    public static TraitVerdict ReadAloud(ProfileTrait trait, RecognisedAnswer answer)
    {
        var alignment = answer.Alignment;
        int errors = alignment.Omitted.Count + alignment.Replaced + alignment.Inserted;
        double share = alignment.Compared == 0 ? 0 : Math.Max(0, 1 - (double)errors / alignment.Compared);
        double score = errors == 0 ? trait.Max : Math.Min(trait.Max - NotYetWhole, Halves(share * trait.Max));
        return new(trait.Name, Math.Max(0, score), trait.Max, Counted(alignment), WordEvidence(alignment));
    }

    /// <summary>Repeating a sentence: all words in their order, half of them, fewer, almost none.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="answer">With a script.</param>
    /// <remarks>3, 2, 1 and 0 points of 3; hesitations and words said again do not count.</remarks>
    public static TraitVerdict Repeat(ProfileTrait trait, RecognisedAnswer answer)
    {
        var alignment = answer.Alignment;
        double share = alignment.Compared == 0 ? 0 : (double)alignment.Right / alignment.Compared;
        int band = share >= 1 && alignment.Inserted == 0 ? 3 : share >= 0.5 ? 2 : share >= AlmostNone ? 1 : 0;
        return new(trait.Name, trait.Max * band / 3, trait.Max, Counted(alignment), WordEvidence(alignment));
    }

    /// <summary>A short answer: one of the accepted ones was said.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="answer">Guided by the accepted answers.</param>
    /// <param name="accepted">The accepted answers.</param>
    public static TraitVerdict Short(ProfileTrait trait, RecognisedAnswer answer, IReadOnlyList<string> accepted)
    {
        var found = accepted.Select(text => ShortAnswers.Find(SpokenText.Words(text), answer)).FirstOrDefault(place => place is not null);
        string heard = string.Join(' ', HeardWords.Free(answer.Free).Select(word => word.Word));
        return found is not null
            ? new(trait.Name, trait.Max, trait.Max, $"“{found.Quote}” was heard, an answer that counts.", [new($"“{found.Quote}”", found) { IsGood = true }])
            : new(trait.Name, 0, trait.Max, $"None of the answers that count was heard. The recogniser took it for “{heard}”.", [.. Everything(answer, heard)]);
    }

    /// <summary>Free speech: how many of the author's key points occur, by their words.</summary>
    /// <param name="trait">The trait.</param>
    /// <param name="answer">Without a script.</param>
    /// <param name="body">With key points, or a model answer, or a transcript of what was to be retold.</param>
    public static TraitVerdict Coverage(ProfileTrait trait, RecognisedAnswer answer, FreeAnswer body)
    {
        var heard = answer.Alignment.Words.Select(word => word.Heard).ToList();
        if (body.KeyPoints.Where(point => SpokenText.ContentStems(SpokenText.Words(point)) is not []).ToList() is { Count: > 0 } points)
        {
            var found = points.Select(point => (Point: point, Words: Occurring(point, heard))).ToList();
            double share = found.Sum(point => Math.Min(1, point.Words.Share / Covered)) / points.Count;
            int covered = found.Count(point => point.Words.Share >= Covered);
            return new(trait.Name, Halves(share * trait.Max), trait.Max, $"Words of {covered} of {points.Count} key points were heard. {Weak}", [.. found.Take(MostEvidence).Select(point => Say(point.Point, point.Words.Share, point.Words.First))]);
        }

        if ((body.ModelAnswer ?? body.Transcript) is not { Length: > 0 } model || SpokenText.ContentStems(SpokenText.Words(model)) is [])
        {
            return TraitVerdict.NotEvaluated(trait, "the author gave no key points and no model answer to compare it with.");
        }

        var (part, _) = Occurring(model, heard);
        return new(trait.Name, Halves(Math.Min(1, part / EnoughOfModel) * trait.Max), trait.Max,
            $"{Percent(part)} of the words that carry the meaning of the model answer were heard. {Weak}", []);
    }

    private static double Halves(double points) => Math.Round(points * 2, MidpointRounding.AwayFromZero) / 2;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    private static string Counted(ScriptAlignment alignment)
    {
        List<string> faults = [];
        void Add(int count, string what) { if (count > 0) { faults.Add($"{count} {what}"); } }
        Add(alignment.Omitted.Count, "left out");
        Add(alignment.Replaced, "replaced");
        Add(alignment.Inserted, "added");
        return $"{alignment.Right} of {alignment.Compared} words were heard as they stand{(faults is [] ? "" : $": {string.Join(", ", faults)}")}.";
    }

    private static IReadOnlyList<Evidence> WordEvidence(ScriptAlignment alignment)
    {
        var omitted = alignment.Omitted.Select(word => new Evidence($"“{word.Word}” was left out", new Place(PlaceUnit.Sound, word.AtMs, word.AtMs)));
        var others = alignment.Words.Where(word => word.Heard.As is HeardAs.Replaced or HeardAs.Inserted)
            .Select(word => new Evidence(word.Heard.As == HeardAs.Inserted ? "not in the text" : "another word than in the text", Sounds.At(word.Heard)));
        return [.. omitted.Concat(others).OrderBy(evidence => evidence.Place!.Start).Take(MostEvidence)];
    }

    private static (double Share, HeardWord? First) Occurring(string text, List<HeardWord> heard)
    {
        var stems = SpokenText.ContentStems(SpokenText.Words(text));
        var said = heard.ToLookup(word => SpokenText.Stem(word.Word));
        return ((double)stems.Count(said.Contains) / stems.Count, stems.SelectMany(stem => said[stem]).MinBy(word => word.StartMs));
    }

    private static Evidence Say(string point, double share, HeardWord? first) => share >= Covered
        ? new($"mentioned: {point}", Sounds.At(first!)) { IsGood = true }
        : new(share > 0 ? $"hardly mentioned: {point}" : $"not heard: {point}", first is null ? null : Sounds.At(first));

    private static IEnumerable<Evidence> Everything(RecognisedAnswer answer, string heard) =>
        answer.Free.Where(piece => piece.Kind == PieceKind.Word).ToList() is [var first, .., var last] ? [new("what was heard", new Place(PlaceUnit.Sound, first.StartMs, last.EndMs, heard))] : [];
}
