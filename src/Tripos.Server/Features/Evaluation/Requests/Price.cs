using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Prices in words, the same on every page that asks.</summary>
internal static class Price
{
    public static string Words(AskBatch.Estimate estimate) =>
        $"{Counted(estimate.Credits)}{(estimate.Available is { } available ? $"; you have {Counted(available)}" : "; your membership has no limit")}";

    private static string Counted(int credits) => Platform.Web.Words.Count(credits, "credit");
}
