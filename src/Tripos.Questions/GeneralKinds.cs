namespace Tripos.Questions;

/// <summary>The kinds for any subject.</summary>
internal static class GeneralKinds
{
    public static IReadOnlyList<QuestionKind> All { get; } =
    [
        new SingleChoiceKind { Name = "single-choice", Title = "Single choice", Summary = "Choose the one right option." },
        new MultipleChoiceKind { Name = "multiple-choice", Title = "Multiple choice", Summary = "Choose every right option." },
        new SingleChoiceKind { Name = "true-false", Title = "True or false", Summary = "Say whether a statement is true." },
        new MatchingKind { Name = "matching", Title = "Matching", Summary = "Find the answer that belongs to each premise." },
        new OrderingKind { Name = "ordering", Title = "Ordering", Summary = "Put parts in the right order." },
        new TypedGapsKind { Name = "gap-typed", Title = "Gaps, typed", Summary = "Type the missing words." },
        new ChosenGapsKind { Name = "gap-dropdown", Title = "Gaps, from lists", Summary = "Choose the missing words from a list at each gap." },
        new WordBankKind { Name = "gap-word-bank", Title = "Gaps, from a word bank", Summary = "Fill the gaps with words from one list." },
        new ShortTextKind { Name = "short-text", Title = "Short text", Summary = "Write a few words." },
        new NumericKind { Name = "numeric", Title = "Number", Summary = "Give a number, with or without a unit." },
        new HotTextKind { Name = "hot-text", Title = "Hot text", Summary = "Mark words in a text." },
        new HotSpotKind { Name = "hot-spot", Title = "Hot spot", Summary = "Point at places in a picture.", Requires = Stimuli.Image },
        new WrittenKind { Name = "essay", Title = "Essay", Summary = "Write a longer text." },
        new SpokenKind { Name = "spoken-answer", Title = "Spoken answer", Summary = "Answer into the microphone.", Timing = new() { AnswerMs = 120_000 } },
        new CodeAnswerKind { Name = "code-answer", Title = "Code or file", Summary = "Write code, or hand in a text file." },
        new WrittenKind { Name = "prompt-draft", Title = "Prompt draft", Summary = "Write a prompt for an AI tool; judged for clarity, constraints, iteration and tool." },
        new DescriptionKind { Name = "description", Title = "Description", Summary = "Something to read; not scored." },
    ];
}
