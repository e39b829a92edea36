using System.Text.Json;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>A form without script cannot carry a recording: it says nothing of the question, so that nothing saved is lost.</summary>
public static class SpokenForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) => null;
}
