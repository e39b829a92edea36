using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation.Speech;

/// <summary>Judges spoken answers by rules on what a recogniser heard: the same recognition always gets the same verdict.</summary>
public static class LocalSpeech
{
    /// <summary>Shown with every score it gives; the number changes when the rules do.</summary>
    public const string Name = "Local evaluator for speech 1";

    private const int EnoughForOtherText = 3;

    /// <summary>Judges one spoken answer.</summary>
    /// <param name="judged">A spoken question with the traits that are asked for.</param>
    /// <param name="answer">What was heard.</param>
    /// <returns>One verdict for each trait that was asked for; traits other than content, vocabulary (of short answers), fluency and pronunciation are not evaluated.</returns>
    public static Verdict Judge(AnswerToJudge judged, RecognisedAnswer answer)
    {
        var key = (judged.Kind as SpokenKind)?.Key ?? SpokenKey.None;
        if (answer.Sound.IsSilent)
        {
            return new([.. judged.Traits.Select(trait => Nothing(trait, answer))], "Nothing was said in this recording.", [new("Speak when the recording runs, and check your microphone before the test.")]) { Heard = answer.Heard };
        }

        if (answer.FreeWords < EnoughForOtherText && answer.Alignment.Words is [] && key != SpokenKey.Words)
        {
            return Unclear(judged, answer);
        }

        var traits = judged.Traits.Select(trait => Judge(trait, key, judged, answer)).ToList();
        return new(traits, SpeechAdvice.Summary(answer, key), SpeechAdvice.Suggestions(answer, key)) { Heard = answer.Heard };
    }

    /// <summary>The verdict where a recording could not be listened to.</summary>
    /// <param name="judged">The answer.</param>
    /// <param name="why">Ends the sentence "Not evaluated: …".</param>
    public static Verdict NotEvaluated(AnswerToJudge judged, string why) =>
        new([.. judged.Traits.Select(trait => TraitVerdict.NotEvaluated(trait, why))], "Your recording was not evaluated.", []);

    private static TraitVerdict Judge(ProfileTrait trait, SpokenKey key, AnswerToJudge judged, RecognisedAnswer answer) => (trait.Name, key) switch
    {
        ("vocabulary" or "content", SpokenKey.Words) => ContentRules.Short(trait, answer, ((Spoken)judged.Body).Accepted),
        (_, SpokenKey.ShownScript or SpokenKey.HeardScript) when answer.Alignment.Compared == 0 => TraitVerdict.NotEvaluated(trait, "the recogniser knows none of the words of the text."),
        ("content", SpokenKey.ShownScript) => Flagged(ContentRules.ReadAloud(trait, answer), answer),
        ("content", SpokenKey.HeardScript) => Flagged(ContentRules.Repeat(trait, answer), answer),
        ("content", _) => ContentRules.Coverage(trait, answer, judged.Body),
        ("fluency", _) => FluencyRule.Judge(trait, answer),
        ("pronunciation", _) => PronunciationRule.Judge(trait, answer),
        _ => TraitVerdict.NotEvaluated(trait, "the local evaluator does not judge it."),
    };

    private static TraitVerdict Flagged(TraitVerdict content, RecognisedAnswer answer) =>
        content.Score == 0 && answer.FreeWords >= EnoughForOtherText ? content with { Flag = "other-text", Why = $"{content.Why} Something else was said." } : content;

    private static TraitVerdict Nothing(ProfileTrait trait, RecognisedAnswer answer) => trait.Name is "content" or "vocabulary" or "fluency" or "pronunciation"
        ? new(trait.Name, 0, trait.Max, "The recording is silent.", [new("silence", new Place(PlaceUnit.Sound, 0, answer.Sound.DurationMs))]) { Flag = "silent" }
        : TraitVerdict.NotEvaluated(trait, "the recording is silent.");

    private static Verdict Unclear(AnswerToJudge judged, RecognisedAnswer answer) =>
        NotEvaluated(judged, "no words could be made out. It may be noise, a bad microphone, or a way of speaking the recogniser does not know.") with { Heard = answer.Heard };
}
