using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>How one interaction appears on pages.</summary>
/// <param name="Player">Component with a parameter <c>Item</c> of <see cref="ShownQuestion"/>: the fields a learner answers with.</param>
/// <param name="Review">Component with a parameter <c>Item</c> of <see cref="ReviewedQuestion"/>: the answer, and the key where it may be seen.</param>
/// <param name="Script">Its module in <c>js/player/kinds</c>, loaded ahead; the table there says the same.</param>
/// <param name="ReadForm">For browsers without script: the response the posted fields of one question say, or null when they say nothing of it.</param>
public sealed record InteractionPart(Type Player, Type Review, string Script, Func<ShownQuestion, IFormCollection, JsonElement?> ReadForm);

/// <summary>Every interaction: a new one is one line here, its components beside this file and its module in <c>js/player/kinds</c>.</summary>
public static class InteractionParts
{
    private static readonly Dictionary<string, InteractionPart> Table = new()
    {
        ["choice"] = new(typeof(ChoicePlayer), typeof(ChoiceReview), "choice", ChoiceForm.Read),
        ["matching"] = new(typeof(MatchingPlayer), typeof(MatchingReview), "matching", MatchingForm.Read),
        ["ordering"] = new(typeof(OrderingPlayer), typeof(OrderingReview), "ordering", OrderingForm.Read),
        ["typed-gaps"] = new(typeof(TypedGapsPlayer), typeof(GapsReview), "gaps", GapsForm.Read),
        ["chosen-gaps"] = new(typeof(ChosenGapsPlayer), typeof(GapsReview), "gaps", GapsForm.Read),
        ["word-bank"] = new(typeof(WordBankPlayer), typeof(GapsReview), "word-bank", GapsForm.Read),
        ["short-text"] = new(typeof(ShortTextPlayer), typeof(ShortTextReview), "text", TextForm.Read),
        ["numeric"] = new(typeof(NumericPlayer), typeof(NumericReview), "numeric", NumericForm.Read),
        ["hot-text"] = new(typeof(HotTextPlayer), typeof(HotTextReview), "hot-text", HotTextForm.Read),
        ["hot-spot"] = new(typeof(HotSpotPlayer), typeof(HotSpotReview), "hot-spot", HotSpotForm.Read),
        ["written"] = new(typeof(WrittenPlayer), typeof(TextReview), "written", TextForm.Read),
        ["dictation"] = new(typeof(DictationPlayer), typeof(DictationReview), "text", TextForm.Read),
        ["spoken"] = new(typeof(SpokenPlayer), typeof(SpokenReview), "spoken", SpokenForm.Read),
        ["code"] = new(typeof(CodePlayer), typeof(CodeReview), "code", CodeForm.Read),
        ["description"] = new(typeof(DescriptionPlayer), typeof(DescriptionReview), "description", DescriptionForm.Read),
    };

    /// <summary>The parts of a question's kind.</summary>
    public static InteractionPart Of(LoadedVersion version) => Table[version.Kind.Interaction];

    /// <summary>The one parameter every part has.</summary>
    public static Dictionary<string, object> With(object item) => new() { ["Item"] = item };
}
