using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>A few questions of a file, so that an author sees at a glance whether it was understood.</summary>
internal static class Samples
{
    public const int Most = 3;

    public static ImportedFile.Sample Of(QuestionBody body, QuestionKind? kind = null) => new(
        Text(body, body.Prompt), body.Code?.Text, body.Code?.Language,
        body is ChoiceBody choice ? [.. choice.Options.Select(o => new ImportedFile.SampleOption(Text(body, o.Text), choice.Key.Contains(o.Id)))] : [],
        kind is null or { Name: "single-choice" or "multiple-choice" } ? null : kind.Title);

    public static string Text(QuestionBody body, string text) => body.Format == ContentFormat.Html ? HtmlSanitizer.ToText(text) : text;
}
