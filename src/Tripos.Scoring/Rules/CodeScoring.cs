using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Code: what was there at the start earns nothing; whatever was written waits for an evaluator.</summary>
internal static class CodeScoring
{
    public static ItemScore Traits(ScoringInput input)
    {
        string code = input.Response!.Value.GetProperty("code").GetString()!;
        return ((CodeAnswer)input.Body).Starter is { } starter && WithoutSpace(code) == WithoutSpace(starter)
            ? FreeAnswerTraits.AllZero(input, "Nothing was added to the code that was there at the start")
            : ItemScore.Of([.. FreeAnswerTraits.Of(input).Select(trait => FreeAnswerTraits.Open(trait))]);
    }

    private static string WithoutSpace(string code) => string.Concat(code.Where(c => !char.IsWhiteSpace(c)));
}
