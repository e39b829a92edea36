namespace Tripos.Evaluation.Writing;

/// <summary>The four traits of a prompt draft, by the things a good prompt says.</summary>
internal static class PromptJudge
{
    public static Judged Judge(string trait, Examination x)
    {
        var signs = trait switch { "clarity" => PromptDraft.Clarity, "constraints" => PromptDraft.Constraints, "iteration" => PromptDraft.Iteration, _ => PromptDraft.Tool };
        var found = PromptDraft.Find(signs, x.Written, x.Original);
        int there = found.Count(sign => sign.At is not null);
        double size = Ramp.At(x.Own.Words.Count, (5, 0.1), (20, 0.45), (45, 0.85), (70, 1));
        double share = trait switch
        {
            "clarity" => (Ramp.At(there, (0, 0), (4, 0.75)) + Ramp.At(x.Own.Words.Count, (20, 0), (120, 0.25))) * size,
            "constraints" => (Ramp.At(there, (0, 0), (5, 0.7)) + Ramp.At(found.Sum(sign => sign.Times), (3, 0), (12, 0.3))) * size,
            "iteration" => Ramp.At(there, (0, 0), (1, 0.2), (4, 1)) * size,
            _ => Ramp.At(there, (0, 0), (4, 0.95)) * size,
        };
        string said = there == 0 ? "Nothing of what belongs to it was found" : $"{there} of {signs.Count} things that belong to it were found";
        return new(share, $"{said}. The phrases are recognised, not whether they are wise.",
            [.. found.Where(sign => sign.At is not null).OrderBy(sign => sign.At!.Start).Select(sign => new Evidence(sign.Sign.Is, sign.At) { IsGood = true }), .. found.Where(sign => sign.At is null).Select(sign => new Evidence($"missing: {sign.Sign.Is}"))],
            [.. found.Where(sign => sign.At is null).Take(2).Select(sign => new Suggestion(sign.Sign.Advice))]);
    }
}
