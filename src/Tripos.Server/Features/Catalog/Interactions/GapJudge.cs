using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>One gap after it was answered, in words.</summary>
/// <param name="Mine">What was filled in; null for nothing.</param>
/// <param name="Right">What belongs there; null while it is withheld.</param>
/// <param name="IsRight">Null while it is withheld.</param>
public sealed record GapJudge(string? Mine, string? Right, bool? IsRight)
{
    public static GapJudge Of(ReviewedQuestion item, string id)
    {
        string? given = ResponseText.Map(item.Response, "gaps").GetValueOrDefault(id) is { Length: > 0 } filled ? filled : null;
        var (mine, right, isRight) = item.Version.Body switch
        {
            ChosenGaps body => Chosen(body, item.KeyBody as ChosenGaps, id, given),
            WordBank body => FromBank(body, item.KeyBody as WordBank, id, given),
            _ => Typed(item, id, given),
        };
        return new(mine, right, item.KeyBody is null ? null : isRight);
    }

    private static (string?, string?, bool) Typed(ReviewedQuestion item, string id, string? given)
    {
        var key = (item.KeyBody as TypedGaps)?.Gaps.FirstOrDefault(gap => gap.Id == id);
        bool isRight = given is not null && key is not null
            && ReviewMarks.IsRight(item.Version.Kind, (TypedGaps)item.KeyBody! with { Text = $"[[{id}]]", Gaps = [key] }, new { gaps = new Dictionary<string, string> { [id] = given } });
        return (given, key is { Accepted: [var first, ..] } ? first : null, isRight);
    }

    private static (string?, string?, bool) Chosen(ChosenGaps body, ChosenGaps? keyed, string id, string? given)
    {
        var key = keyed?.Gaps.FirstOrDefault(gap => gap.Id == id);
        return (TextOf(body.Gaps.FirstOrDefault(gap => gap.Id == id)?.Options, given), TextOf(key?.Options, key?.Key), given is not null && given == key?.Key);
    }

    private static (string?, string?, bool) FromBank(WordBank body, WordBank? keyed, string id, string? given)
    {
        string? key = keyed?.Key.GetValueOrDefault(id);
        return (TextOf(body.Words, given), TextOf(keyed?.Words, key), given is not null && given == key);
    }

    private static string? TextOf(IReadOnlyList<Part>? parts, string? id) => parts?.FirstOrDefault(part => part.Id == id)?.Text;
}
