using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>Every interaction's editor: a new one is one line here and two files beside the others.</summary>
public static class InteractionEditors
{
    private static readonly Dictionary<string, InteractionEditor> Table = new()
    {
        ["choice"] = new ChoiceEditor(),
        ["matching"] = new MatchingEditor(),
        ["ordering"] = new OrderingEditor(),
        ["typed-gaps"] = new TypedGapsEditor(),
        ["chosen-gaps"] = new ChosenGapsEditor(),
        ["word-bank"] = new WordBankEditor(),
        ["short-text"] = new ShortTextEditor(),
        ["numeric"] = new NumericEditor(),
        ["hot-text"] = new HotTextEditor(),
        ["hot-spot"] = new HotSpotEditor(),
        ["written"] = new WrittenEditor(),
        ["dictation"] = new DictationEditor(),
        ["spoken"] = new SpokenEditor(),
        ["code"] = new CodeEditor(),
        ["description"] = new DescriptionEditor(),
    };

    public static InteractionEditor Of(QuestionKind kind) => Table[kind.Interaction];
}
