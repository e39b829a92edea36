using System.Globalization;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation.Credits.Pages;

/// <summary>Credits as the pages say them.</summary>
internal static class CreditWords
{
    public static string Of(UsageType type) => type switch
    {
        UsageType.Writing => "Writing",
        UsageType.Speaking => "Speaking",
        UsageType.Prompt => "Prompts",
        _ => "Code",
    };

    public static string Of(MembershipLevel level) => level switch { MembershipLevel.Free => "Free", MembershipLevel.Pro => "Pro", _ => "Premium" };

    /// <summary>What a level gives.</summary>
    public static string PerDay(MembershipLevel level) => level.PerDay is { } credits ? $"{Words.Count(credits, "credit")} a day" : "as many credits as you need";

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>+4, −1, 0.</summary>
    public static string Change(int change) => change switch { > 0 => $"+{Number(change)}", < 0 => $"−{Number(-change)}", _ => "0" };

    public static string Of(ReadStatement.Row row) => row.Kind switch
    {
        TransferKind.Daily => "Daily credits",
        TransferKind.Gift => row.By is { } giver ? $"Given by {giver}" : "Given",
        TransferKind.Withdrawal => row.By is { } taker ? $"Taken back by {taker}" : "Taken back",
        TransferKind.Reserve => $"{Of(row.UsageType!.Value)}: waiting for the evaluation",
        TransferKind.Settle => $"{Of(row.UsageType!.Value)}: evaluated",
        TransferKind.Refund => $"{Of(row.UsageType!.Value)}: {Words.Count(row.Credits, "credit")} given back",
        TransferKind.Expire => "Left over from the day before",
        _ => "Given as needed",
    };
}
