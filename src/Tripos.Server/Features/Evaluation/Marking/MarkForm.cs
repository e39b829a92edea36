using System.Globalization;

namespace Tripos.Server.Features.Evaluation;

/// <summary>The marking screen's form: what stands in it first, and what was posted.</summary>
internal static class MarkForm
{
    /// <summary>What the marker had begun or given; else what rules decided, or the decision that may be changed.</summary>
    public static MarkRequest Of(MarkingView view, Guid markerId)
    {
        var own = view.Draft ?? view.Marks.LastOrDefault(mark => mark.Status == MarkStatus.Given && mark.MarkerId == markerId && view.State == MarkingState.Second);
        var decided = view.State == MarkingState.Decided ? view.Marks.Where(mark => mark.Status == MarkStatus.Given).MaxBy(mark => mark.Part) : null;
        var shown = own ?? decided;
        return shown is null
            ? new MarkRequest(view.Revision, true, view.Traits.ToDictionary(trait => trait.Name, trait => trait.ByRule?.Score))
            : new MarkRequest(view.Revision, true, shown.Traits.ToDictionary(trait => trait.Name, trait => trait.Score), shown.Traits.ToDictionary(trait => trait.Name, trait => trait.Why),
                [.. shown.Comments.Select(comment => new MarkRequest.Comment(comment.Text, comment.Place?.Start, comment.Place?.End, comment.Place?.Quote))], shown.Summary, own?.Reason);
    }

    public static MarkRequest Read(IFormCollection form, MarkingView view, bool draft) => new(
        int.TryParse(form["revision"], NumberStyles.None, CultureInfo.InvariantCulture, out int revision) ? revision : -1, draft,
        view.Traits.ToDictionary(trait => trait.Name, trait => Number(form[$"score-{trait.Name}"])),
        view.Traits.ToDictionary(trait => trait.Name, trait => (string?)form[$"note-{trait.Name}"].ToString()),
        [.. form["comment"].Distinct().Take(MarkRequest.MostComments + 1).Select(id => CommentOf(form, $"comment-{id}"))],
        form["summary"].ToString().ReplaceLineEndings("\n"), form["reason"].ToString());

    private static MarkRequest.Comment CommentOf(IFormCollection form, string name) => form.ContainsKey($"{name}-from")
        ? new(form[$"{name}-text"].ToString().ReplaceLineEndings("\n"), Ms(form[$"{name}-from"]), Ms(form[$"{name}-to"]))
        : new(form[$"{name}-text"].ToString().ReplaceLineEndings("\n"), (int?)Number(form[$"{name}-start"]), (int?)Number(form[$"{name}-end"]), form[$"{name}-quote"].ToString().ReplaceLineEndings("\n"));

    private static double? Number(string? text) => double.TryParse(text?.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static int? Ms(string? seconds) => Number(seconds) is { } number and > -1e6 and < 1e6 ? (int)Math.Round(number * 1000) : null;
}
