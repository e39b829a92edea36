using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>What keeps a profile from being used.</summary>
internal static class ProfileFaults
{
    private static readonly string[] Refusals = [FormScoring.AllCapitals, FormScoring.NoPunctuation, FormScoring.BulletPoints];

    public static IEnumerable<string> Of(ScoringProfile profile) =>
    [
        .. OfWhole(profile),
        .. profile.Kinds.SelectMany(kind => OfKind(kind.Key, kind.Value, profile)),
        .. profile.Parts.SelectMany(OfPart),
    ];

    private static IEnumerable<string> OfWhole(ScoringProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.Name) || string.IsNullOrWhiteSpace(profile.Title))
        {
            yield return "The profile needs a name and a title.";
        }

        if (profile.Scale is { } scale && scale.Min >= scale.Max)
        {
            yield return $"The scale goes from {scale.Min} to {scale.Max}; its lowest score must be below its highest.";
        }

        if (profile.Scale is null != (profile.Scores.Count == 0))
        {
            yield return "A profile has both a scale and scores, or neither.";
        }

        if (profile.PassPercent is < 0 or > 100)
        {
            yield return $"The pass mark is {profile.PassPercent} %; it must be between 0 and 100.";
        }

        foreach (var twice in profile.Scores.GroupBy(score => score.Name).Where(group => group.Count() > 1))
        {
            yield return $"The score \"{twice.Key}\" is there twice.";
        }
    }

    private static IEnumerable<string> OfKind(string name, KindRule? rule, ScoringProfile profile)
    {
        if (rule is null)
        {
            return [$"{name} has no rule."];
        }

        if (!QuestionKinds.TryFind(name, out var kind))
        {
            return [$"There is no kind \"{name}\"."];
        }

        return
        [
            .. OfRule(kind, rule),
            .. rule.Skills.Where(skill => !profile.Scores.Any(score => score.Name == skill.Key && score.From == ScoreSource.Skill)).Select(skill => $"{name} feeds \"{skill.Key}\", which is none of the skills of the profile."),
            .. rule.Skills.Where(skill => !(skill.Value is > 0 and <= 1)).Select(skill => $"{name} feeds {skill.Key} with a share of {skill.Value}; it must be more than 0 and at most 1."),
            .. rule.Traits.SelectMany(trait => OfTrait(name, trait, rule)),
        ];
    }

    private static IEnumerable<string> OfRule(QuestionKind kind, KindRule rule)
    {
        if (ScoringRules.Find(kind.Interaction, rule.Rule) is null)
        {
            yield return $"{kind.Name} has no rule \"{rule.Rule}\"; choose from {string.Join(", ", ScoringRules.For(kind.Interaction))}.";
        }

        if (!(rule.Weight > 0 && double.IsFinite(rule.Weight)))
        {
            yield return $"{kind.Name} has the weight {rule.Weight}; it must be more than 0.";
        }

        if (rule.Traits.Count > 0 && !kind.BodyType.IsAssignableTo(typeof(FreeAnswer)))
        {
            yield return $"{kind.Name} is right or wrong: it has no traits.";
        }

        if (rule.Copying is { } copying && !(copying.FlagAt is >= 0 and <= 1 && copying.ZeroAt is null or (>= 0 and <= 1)))
        {
            yield return $"{kind.Name} has limits of copying that are no shares between 0 and 1.";
        }
    }

    private static IEnumerable<string> OfTrait(string kind, ProfileTrait trait, KindRule rule)
    {
        string where = $"{kind}, trait \"{trait.Name}\":";
        if (string.IsNullOrWhiteSpace(trait.Name) || rule.Traits.Count(other => other.Name == trait.Name) > 1)
        {
            yield return $"{where} a trait needs a name of its own.";
        }

        if (!(trait.Max > 0 && double.IsFinite(trait.Max)))
        {
            yield return $"{where} {trait.Max} points are possible; it must be more than 0.";
        }

        if ((trait.Spelling ?? []).Concat(trait.Form?.Bands.Select(band => band.Points) ?? []).Any(points => points < 0 || points > trait.Max))
        {
            yield return $"{where} points must be between 0 and {trait.Max}.";
        }

        foreach (var band in trait.Form?.Bands.Where(band => band.MinWords < 0 || band.MaxWords < band.MinWords) ?? [])
        {
            yield return $"{where} no text has {band.MinWords} to {band.MaxWords} words.";
        }

        foreach (string refusal in trait.Form?.Refuses.Except(Refusals) ?? [])
        {
            yield return $"{where} \"{refusal}\" is unknown; choose from {string.Join(", ", Refusals)}.";
        }
    }

    private static IEnumerable<string> OfPart(ProfilePart part)
    {
        if (part.TimeLimitMs <= 0)
        {
            yield return $"The part \"{part.Name}\" has {part.TimeLimitMs} ms; it must be more than 0.";
        }

        foreach (var items in part.Items)
        {
            if (!QuestionKinds.TryFind(items.Kind, out _))
            {
                yield return $"The part \"{part.Name}\" has the kind \"{items.Kind}\", which does not exist.";
            }

            if (items.Min < 0 || items.Mock < items.Min || items.Max < items.Mock)
            {
                yield return $"The part \"{part.Name}\" draws {items.Mock} of {items.Kind}; it must be from {items.Min} to {items.Max}.";
            }
        }
    }
}
