using System.Text.Json;

namespace Tripos.Server.Features.Review.Pages;

/// <summary>What the player's script says the answer is, in a hidden field of the form; without script it is empty.</summary>
internal static class PostedResponse
{
    public static JsonElement? In(IFormCollection form)
    {
        try
        {
            return form["response"].ToString() is { Length: > 0 } json ? JsonSerializer.Deserialize<JsonElement>(json) : null;
        }
        catch (JsonException)
        {
            return null; // whoever sends something else gets what the fields say
        }
    }
}
