using System.Globalization;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
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
        foreach (var item in view.Items.Where(item => IsChanged(item, form)))
        {
            int basedOn = int.TryParse(form[$"s{item.Position}"], CultureInfo.InvariantCulture, out int sequence) ? sequence : item.Sequence;
            var response = JsonSerializer.Serialize(new { chosen = Chosen(item, form) });
            var request = new SaveAnswer.Request(response, basedOn + 1, basedOn, item.ElapsedMs, Confidence(item, form), "form");
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
        !Chosen(item, form).Order(StringComparer.Ordinal).SequenceEqual(item.Chosen.Order(StringComparer.Ordinal)) || Confidence(item, form) != item.Confidence;

    private static string[] Chosen(PlayerItem item, IFormCollection form) => [.. form[$"q{item.Position}"].OfType<string>()];

    private static short? Confidence(PlayerItem item, IFormCollection form) =>
        short.TryParse(form[$"c{item.Position}"], CultureInfo.InvariantCulture, out short level) ? level : null;
}
