using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>Choices as a form without script posts them.</summary>
public static class ChoiceForm
{
    public static JsonElement? Read(ShownQuestion item, IFormCollection form) =>
        JsonSerializer.SerializeToElement(new ChoiceResponse([.. form[$"q{item.Position}"].OfType<string>()]), QuestionJson.Options);
}
