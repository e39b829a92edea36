namespace Tripos.Server.Features.Evaluation.Model;

/// <summary>An endpoint that speaks the chat protocol of OpenAI: theirs, another company's, or one in the same house. Section <c>Tripos:Model</c>.</summary>
/// <param name="Endpoint">Its base address, such as <c>https://api.openai.com/v1</c>.</param>
/// <param name="Key">Never logged, never shown.</param>
/// <param name="Name">The model.</param>
/// <param name="InputPricePerMillion">What a million tokens of input cost, in the installation's currency.</param>
/// <param name="OutputPricePerMillion">What a million tokens of output cost.</param>
/// <param name="Timeout">For one answer.</param>
/// <param name="Lanes">How many answers it judges at once.</param>
/// <param name="Temperature">Null leaves it to the model; some refuse to be told.</param>
/// <param name="Schema">It can be held to a JSON schema; otherwise it is asked for JSON.</param>
public sealed record ModelSettings(
    Uri Endpoint, string Key, string Name, decimal InputPricePerMillion, decimal OutputPricePerMillion, TimeSpan Timeout, int Lanes, float? Temperature, bool Schema)
{
    public const string Section = "Tripos:Model";

    /// <summary>Tokens an answer may take; a verdict of eight traits has about 1,500.</summary>
    public const int MostOutputTokens = 4000;

    /// <returns>Null where no model is set up: then there are two evaluators.</returns>
    /// <exception cref="InvalidOperationException">A setting cannot be read; the message names it.</exception>
    public static ModelSettings? Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        if (section["Endpoint"] is not { Length: > 0 } endpoint)
        {
            return null;
        }

        return new ModelSettings(
            Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw Wrong("Endpoint", "must be an address such as https://api.openai.com/v1"),
            section["Key"] ?? "none", // a model in the same house may need none
            section["Name"] is { Length: > 0 } name ? name : throw Wrong("Name", "must name the model"),
            Price(section, "InputPricePerMillion"), Price(section, "OutputPricePerMillion"),
            TimeSpan.FromSeconds(Within(section, "TimeoutSeconds", 60, 1, 170)), Within(section, "Lanes", 4, 1, 32),
            section["Temperature"] is { } text ? (text == "model" ? null : float.Parse(text, System.Globalization.CultureInfo.InvariantCulture)) : 0,
            section.GetValue("Schema", true));
    }

    /// <summary>In millionths of the currency.</summary>
    public long CostMicros(int inputTokens, int outputTokens) => (long)Math.Ceiling(inputTokens * InputPricePerMillion + outputTokens * OutputPricePerMillion);

    /// <summary>Without the key: records would print it.</summary>
    public override string ToString() => $"{Name} at {Endpoint}";

    private static decimal Price(IConfigurationSection section, string key) =>
        section.GetValue(key, 0m) is var price and >= 0 ? price : throw Wrong(key, "must be 0 or more");

    private static int Within(IConfigurationSection section, string key, int usual, int min, int max) =>
        section.GetValue(key, usual) is var value && value >= min && value <= max ? value : throw Wrong(key, $"must be from {min} to {max}");

    private static InvalidOperationException Wrong(string key, string why) => new($"The setting {Section}:{key} {why}.");
}
