namespace Tripos.Questions;

/// <summary>The kinds of the PTE profile; what they are worth and how they are scored is in the scoring profile.</summary>
/// <remarks>Times are those of item-by-item descriptions in third-party guides of 2025; see docs/scoring.md for the sources.</remarks>
internal static class PteKinds
{
    public static IReadOnlyList<QuestionKind> All { get; } =
    [
        Speaking("pte-personal-introduction", "Personal introduction", "Introduce yourself; not scored.", SpokenKey.None, Stimuli.None, 25, 30),
        Speaking("pte-read-aloud", "Read aloud", "Read a text aloud.", SpokenKey.ShownScript, Stimuli.None, 35, 40),
        Speaking("pte-repeat-sentence", "Repeat sentence", "Repeat a sentence you hear.", SpokenKey.HeardScript, Stimuli.Audio, null, 15),
        Speaking("pte-describe-image", "Describe image", "Describe a picture.", SpokenKey.None, Stimuli.Image, 25, 40),
        Speaking("pte-retell-lecture", "Re-tell lecture", "Tell what a lecture said.", SpokenKey.None, Stimuli.Audio, 10, 40),
        Speaking("pte-answer-short-question", "Answer short question", "Answer a question with one or a few words.", SpokenKey.Words, Stimuli.Audio, null, 10),
        Speaking("pte-summarize-group-discussion", "Summarize group discussion", "Summarise what several people said.", SpokenKey.None, Stimuli.Audio, 10, 120),
        Speaking("pte-respond-to-situation", "Respond to a situation", "Say what you would say in a situation.", SpokenKey.None, Stimuli.Passage | Stimuli.Audio, 10, 40),
        new WrittenKind
        {
            Name = "pte-summarize-written-text", Title = "Summarize written text", Summary = "Summarise a text in one sentence.", Group = KindGroup.PteWriting,
            Requires = Stimuli.Passage, Timing = Answer(minutes: 10),
        },
        new WrittenKind { Name = "pte-write-essay", Title = "Write essay", Summary = "Write 200 to 300 words.", Group = KindGroup.PteWriting, Timing = Answer(minutes: 20) },
        new ChosenGapsKind
        {
            Name = "pte-reading-writing-fill-blanks", Title = "Reading & writing: fill in the blanks", Summary = "Choose the missing words from a list at each gap.", Group = KindGroup.PteReading,
        },
        new MultipleChoiceKind
        {
            Name = "pte-reading-multiple-choice-multiple", Title = "Multiple choice, multiple answers (reading)", Summary = "Read a text and choose every right option.",
            Group = KindGroup.PteReading, Requires = Stimuli.Passage,
        },
        new OrderingKind { Name = "pte-reorder-paragraphs", Title = "Re-order paragraphs", Summary = "Put paragraphs in order.", Group = KindGroup.PteReading },
        new WordBankKind { Name = "pte-reading-fill-blanks", Title = "Reading: fill in the blanks", Summary = "Fill the gaps with words from one list.", Group = KindGroup.PteReading },
        new SingleChoiceKind
        {
            Name = "pte-reading-multiple-choice-single", Title = "Multiple choice, single answer (reading)", Summary = "Read a text and choose the right option.",
            Group = KindGroup.PteReading, Requires = Stimuli.Passage,
        },
        new WrittenKind
        {
            Name = "pte-summarize-spoken-text", Title = "Summarize spoken text", Summary = "Summarise what you hear in 50 to 70 words.", Group = KindGroup.PteListening,
            Requires = Stimuli.Audio, Timing = Answer(minutes: 10) with { AudioPlays = 1, AudioDelayMs = 12_000 },
        },
        new MultipleChoiceKind { Name = "pte-listening-multiple-choice-multiple", Title = "Multiple choice, multiple answers (listening)", Summary = "Listen and choose every right option.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(7) },
        new TypedGapsKind { Name = "pte-listening-fill-blanks", Title = "Listening: fill in the blanks", Summary = "Type the missing words while you listen.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(7) },
        new SingleChoiceKind { Name = "pte-highlight-correct-summary", Title = "Highlight correct summary", Summary = "Choose the summary of what you hear.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(10) },
        new SingleChoiceKind { Name = "pte-listening-multiple-choice-single", Title = "Multiple choice, single answer (listening)", Summary = "Listen and choose the right option.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(5) },
        new SingleChoiceKind { Name = "pte-select-missing-word", Title = "Select missing word", Summary = "Choose how the recording ends.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(7) },
        new HotTextKind { Name = "pte-highlight-incorrect-words", Title = "Highlight incorrect words", Summary = "Mark the words that differ from what you hear.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(10) },
        new DictationKind { Name = "pte-write-from-dictation", Title = "Write from dictation", Summary = "Type the sentence you hear.", Group = KindGroup.PteListening, Requires = Stimuli.Audio, Timing = Listen(7) },
    ];

    private static SpokenKind Speaking(string name, string title, string summary, SpokenKey key, Stimuli requires, int? prepareSeconds, int answerSeconds) => new()
    {
        Name = name,
        Title = title,
        Summary = summary,
        Group = KindGroup.PteSpeaking,
        Key = key,
        Requires = requires,
        Timing = new()
        {
            PrepareMs = prepareSeconds * 1000,
            AnswerMs = answerSeconds * 1000,
            AudioPlays = requires.HasFlag(Stimuli.Audio) ? 1 : null,
            AudioDelayMs = requires.HasFlag(Stimuli.Audio) ? 3000 : null,
        },
    };

    private static ItemTiming Answer(int minutes) => new() { AnswerMs = minutes * 60_000 };

    private static ItemTiming Listen(int delaySeconds) => new() { AudioPlays = 1, AudioDelayMs = delaySeconds * 1000 };
}
