using System.Text.Json;

namespace Tripos.Questions;

/// <summary>What the two choice kinds share: the response <c>{"chosen": ["a"]}</c>.</summary>
public abstract class ChoiceKind : QuestionKind
{
    /// <inheritdoc />
    public override string? FaultOf(QuestionBody body, JsonElement response)
    {
        var choice = (ChoiceBody)body;
        if (response.ValueKind != JsonValueKind.Object || !response.TryGetProperty("chosen", out var chosen) || chosen.ValueKind != JsonValueKind.Array)
        {
            return "A choice is sent as {\"chosen\": [\"option id\", ...]}.";
        }

        int count = chosen.GetArrayLength();
        if (count > MostChoices(choice))
        {
            return $"At most {MostChoices(choice)} of the options can be chosen, but {count} were.";
        }

        for (int i = 0; i < count; i++)
        {
            if (FaultOfChoice(choice, chosen, i) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("chosen").GetArrayLength() == 0;

    private protected abstract int MostChoices(ChoiceBody body);

    private static string? FaultOfChoice(ChoiceBody body, JsonElement chosen, int index)
    {
        var id = chosen[index];
        if (id.ValueKind != JsonValueKind.String)
        {
            return "Option ids are strings.";
        }

        if (!body.Options.Any(option => id.ValueEquals(option.Id)))
        {
            return $"There is no option \"{id.GetString()}\" in this question.";
        }

        for (int earlier = 0; earlier < index; earlier++)
        {
            if (id.ValueEquals(chosen[earlier].GetString()))
            {
                return $"Option \"{id.GetString()}\" is chosen twice.";
            }
        }

        return null;
    }
}

/// <summary>The kind <c>single-choice</c>.</summary>
public sealed class SingleChoiceKind : ChoiceKind
{
    /// <inheritdoc />
    public override string Name => "single-choice";

    /// <inheritdoc />
    public override string Title => "Single choice";

    /// <inheritdoc />
    public override QuestionBody ReadBody(string json) =>
        JsonSerializer.Deserialize<SingleChoice>(json, QuestionJson.Options) ?? throw new JsonException("A question body cannot be null.");

    private protected override int MostChoices(ChoiceBody body) => 1;
}

/// <summary>The kind <c>multiple-choice</c>.</summary>
public sealed class MultipleChoiceKind : ChoiceKind
{
    /// <inheritdoc />
    public override string Name => "multiple-choice";

    /// <inheritdoc />
    public override string Title => "Multiple choice";

    /// <inheritdoc />
    public override QuestionBody ReadBody(string json) =>
        JsonSerializer.Deserialize<MultipleChoice>(json, QuestionJson.Options) ?? throw new JsonException("A question body cannot be null.");

    private protected override int MostChoices(ChoiceBody body) => ((MultipleChoice)body).MaxResponses ?? body.Options.Count;
}
