namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>Credits for one evaluation by the model: <c>Tripos:Credits:Prices:Writing</c> and so on; 1 where nothing is set.</summary>
public sealed class CreditPrices
{
    public const string Section = "Tripos:Credits:Prices";
    private const int Highest = 10_000;
    private readonly Dictionary<UsageType, int> _prices;

    /// <exception cref="InvalidOperationException">A price is no whole number between 0 and 10000.</exception>
    public CreditPrices(IConfiguration configuration) =>
        _prices = Enum.GetValues<UsageType>().ToDictionary(usage => usage, usage => Read(configuration, usage));

    public int this[UsageType usage] => _prices[usage];

    private static int Read(IConfiguration configuration, UsageType usage) =>
        configuration.GetValue($"{Section}:{usage}", 1) is >= 0 and <= Highest and var price ? price
            : throw new InvalidOperationException($"{Section}:{usage} has to be a whole number from 0 to {Highest}.");
}
