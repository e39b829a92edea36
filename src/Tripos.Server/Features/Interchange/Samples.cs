using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>A few questions of a file, so that an author sees at a glance whether it was understood.</summary>
internal static class Samples
{
    public const int Most = 3;

    public static ImportedFile.Sample Of(ChoiceBody body) => new(
        Text(body, body.Prompt), body.Code?.Text, body.Code?.Language,
        [.. body.Options.Select(o => new ImportedFile.SampleOption(Text(body, o.Text), body.Key.Contains(o.Id)))]);

    public static string Text(QuestionBody body, string text) => body.Format == ContentFormat.Html ? HtmlSanitizer.ToText(text) : text;
}
