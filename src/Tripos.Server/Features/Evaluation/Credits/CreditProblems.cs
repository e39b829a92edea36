using Tripos.Server.Platform;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Every expected failure of credits.</summary>
public static class CreditProblems
{
    public static Problem Short(CreditBalance balance, int needed) => new("credits-short", 409, "Not enough credits",
        $"This takes {Counted(needed)} and you have {balance.Available}. New credits come at {balance.NextGrantAt:u}.")
    {
        Facts = new Dictionary<string, object?> { ["balance"] = balance.Available, ["needed"] = needed, ["nextGrantAt"] = balance.NextGrantAt },
    };

    public static Problem Refunded { get; } = new("credits-refunded", 409, "This request is over", "Its credits were given back. Ask again with a new request.");

    public static Problem NotThere(int extra) => new("credits-not-there", 409, "There is less to take back", $"{(extra == 1 ? "1 extra credit is" : $"{extra} extra credits are")} left; daily ones go by themselves.");

    private static string Counted(int credits) => credits == 1 ? "1 credit" : $"{credits} credits";
}
