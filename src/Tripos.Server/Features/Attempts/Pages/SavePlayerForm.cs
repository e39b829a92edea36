using System.Globalization;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts.Pages;

/// <summary>Saves what the player's form says, for browsers without script: the answers that differ from what is stored.</summary>
internal static class SavePlayerForm
{
    public sealed record Saved(int Count);

    public static async Task<Outcome<Saved>> RunAsync(
        PlayerView view, IFormCollection form, CurrentUser learner, AttemptPapers papers, QuestionVersions versions, AnswerWriter writer, TimeProvider clock, CancellationToken ct)
    {
        int count = 0;
        foreach (var item in view.Items.Where(item => form.ContainsKey($"s{item.Position}") && IsChanged(item, form)))
        {
            int basedOn = int.TryParse(form[$"s{item.Position}"], CultureInfo.InvariantCulture, out int sequence) ? sequence : item.Sequence;
            var request = new SaveAnswer.Request(ResponseOf(item, form), basedOn + 1, basedOn, item.ElapsedMs, Confidence(item, form), "form");
            var outcome = await SaveAnswer.RunAsync(view.AttemptId, item.Position, request, learner, papers, versions, writer, clock, ct);
            if (outcome.Problem is { } problem)
            {
                return problem with { Title = $"Question {item.Position}: {problem.Title}" };
            }

            count++;
        }

        return new Saved(count);
    }

    private static bool IsChanged(PlayerItem item, IFormCollection form) =>
        InteractionParts.Of(item.Version).ReadForm(item, form) is { } response
        && (!SaysTheSame(item, response) || Confidence(item, form) != item.Confidence);

    // A form posts every question: one that was never touched is not an answer, and one that was read back as it stands is no change.
    private static bool SaysTheSame(PlayerItem item, JsonElement posted) =>
        item.Response is { } stored ? SameResponse.Are(stored, posted) : item.Version.Kind.FaultOf(item.Version.Body, posted) is null && item.Version.Kind.IsEmpty(posted);

    private static string ResponseOf(PlayerItem item, IFormCollection form) => InteractionParts.Of(item.Version).ReadForm(item, form)!.Value.GetRawText();

    private static short? Confidence(PlayerItem item, IFormCollection form) =>
        short.TryParse(form[$"c{item.Position}"], CultureInfo.InvariantCulture, out short level) ? level : null;
}
