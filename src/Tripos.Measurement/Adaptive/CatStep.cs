using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Adaptive;

/// <summary>Why an adaptive test is over.</summary>
public enum CatStop
{
    /// <summary>It is not: ask the chosen item.</summary>
    None,

    /// <summary>The ability is known well enough.</summary>
    SureEnough,

    /// <summary>As many items as allowed have been asked.</summary>
    MaximumItems,

    /// <summary>No item left would tell enough.</summary>
    NothingInformative,

    /// <summary>No item left may be asked.</summary>
    NoItemLeft,
}

/// <summary>An item to ask.</summary>
/// <param name="Index">Its index in the bank.</param>
/// <param name="Information">Its information at the estimate, per squared logit.</param>
/// <param name="Success">The chance of a right answer at the estimate, in [0, 1].</param>
public readonly record struct CatChoice(int Index, double Information, double Success);

/// <summary>What to do after the answers so far.</summary>
/// <param name="Choice">The item to ask; null when the test is over.</param>
/// <param name="Stop">Why it is over.</param>
/// <param name="Ability">The estimate from the answers so far.</param>
public readonly record struct CatStep(CatChoice? Choice, CatStop Stop, AbilityEstimate Ability);
