using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>How one interaction appears on pages.</summary>
/// <param name="Player">Component with a parameter <c>Item</c> of <see cref="ShownQuestion"/>: the fields a learner answers with.</param>
/// <param name="Review">Component with a parameter <c>Item</c> of <see cref="ReviewedQuestion"/>: the answer, and the key where it may be seen.</param>
/// <param name="ReadForm">For browsers without script: the response the posted fields of one question say, or null when they say nothing of it.</param>
public sealed record InteractionPart(Type Player, Type Review, Func<ShownQuestion, IFormCollection, JsonElement?> ReadForm);

/// <summary>Every interaction: a new one is one line here, its components beside this file and its module in <c>js/player/kinds</c>.</summary>
public static class InteractionParts
{
    private static readonly Dictionary<string, InteractionPart> Table = new()
    {
        ["choice"] = new(typeof(ChoicePlayer), typeof(ChoiceReview), ChoiceForm.Read),
    };

    /// <summary>The parts of a question's kind.</summary>
    public static InteractionPart Of(LoadedVersion version) => Table[version.Kind.Interaction];

    /// <summary>The one parameter every part has.</summary>
    public static Dictionary<string, object> With(object item) => new() { ["Item"] = item };
}
