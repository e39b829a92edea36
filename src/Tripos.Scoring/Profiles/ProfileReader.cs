using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Scoring;

/// <summary>Reads profiles and says what is wrong with them.</summary>
public static class ProfileReader
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Reads one profile.</summary>
    /// <param name="json">The whole file.</param>
    /// <returns>The profile, or null and at least one sentence naming a fault and where it is.</returns>
    public static (ScoringProfile? Profile, IReadOnlyList<string> Faults) Read(string json)
    {
        try
        {
            var profile = JsonSerializer.Deserialize<ScoringProfile>(json, Options);
            IReadOnlyList<string> faults = profile is null ? ["The profile is null."] : [.. ProfileFaults.Of(profile)];
            return (faults.Count == 0 ? profile : null, faults);
        }
        catch (JsonException wrong)
        {
            return (null, [$"Line {wrong.LineNumber + 1}, {wrong.Path}: {wrong.Message}"]);
        }
    }
}
