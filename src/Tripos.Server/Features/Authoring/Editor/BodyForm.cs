using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>What every question has, as fields and back.</summary>
public static class BodyForm
{
    /// <summary>The fields of a question nobody has written yet.</summary>
    public static EditorForm Blank(QuestionKind kind)
    {
        var form = new EditorForm().Set("format", "markdown").Set("difficulty", "3").Set("status", "draft").Set("prompt", "").Set("image.alt", "");
        InteractionEditors.Of(kind).Start(form, kind);
        return form;
    }

    /// <summary>A stored question as fields.</summary>
    public static EditorForm Of(QuestionView question)
    {
        var body = question.Current.Body;
        var form = new EditorForm()
            .Set("basedOn", $"{question.Current.Number}").Set("topic", $"{question.TopicId}").Set("difficulty", $"{question.Difficulty}")
            .Set("status", question.Status.ToString().ToLowerInvariant()).Set("tags", string.Join(", ", question.Tags))
            .Set("format", body.Format.ToString().ToLowerInvariant()).Set("prompt", body.Prompt).Set("passage", body.Passage ?? "").Set("transcript", body.Transcript ?? "")
            .Set("code.text", body.Code?.Text ?? "").Set("code.language", body.Code?.Language ?? "").Set("explanation", body.Explanation ?? "")
            .Set("audio.hash", body.Audio?.Hash ?? "").Set("image.hash", body.Image?.Hash ?? "").Set("image.alt", body.Image?.Alt ?? "").Set("image.description", body.Image?.Description ?? "")
            .Set("timing.prepare", Seconds(body.Timing?.PrepareMs)).Set("timing.answer", Seconds(body.Timing?.AnswerMs))
            .Set("timing.delay", Seconds(body.Timing?.AudioDelayMs)).Set("timing.plays", body.Timing?.AudioPlays);
        InteractionEditors.Of(question.Current.Kind).Fill(form, body);
        return form;
    }

    /// <summary>The body the fields say, and everything wrong with it, each fault at a field.</summary>
    /// <param name="known">Pictures and sounds that can be named, by hash.</param>
    public static (QuestionBody Body, IReadOnlyList<BodyFault> Faults) Read(EditorForm form, QuestionKind kind, IReadOnlyDictionary<string, Media> known)
    {
        var editor = InteractionEditors.Of(kind);
        editor.Align(form);
        var body = editor.Read(form, kind) with
        {
            Format = form.Choice<ContentFormat>("format"),
            Prompt = form.Rich("prompt"),
            Passage = form.OptionalRich("passage"),
            Audio = MediaIn(form, "audio", known),
            Transcript = form.Optional("transcript"),
            Image = MediaIn(form, "image", known) is { } image ? image with { Alt = form.Optional("image.alt"), Description = form.Optional("image.description") } : null,
            Code = form["code.text"].Trim('\n') is { Length: > 0 } code ? new CodeBlock(code, form.Optional("code.language")?.ToLowerInvariant()) : null,
            Explanation = form.OptionalRich("explanation"),
            Timing = TimingIn(form),
        };
        return (body, EditorContext.AtFields([.. form.Faults, .. kind.Faults(body)], form, editor));
    }

    private static Media? MediaIn(EditorForm form, string name, IReadOnlyDictionary<string, Media> known)
    {
        if (form.Optional($"{name}.hash") is not { } hash)
        {
            return null;
        }

        if (known.TryGetValue(hash, out var media))
        {
            return media;
        }

        form.Fault($"{name}.hash", "This file is no longer in the media library. Choose another one.");
        return null;
    }

    private static ItemTiming? TimingIn(EditorForm form)
    {
        long? Ms(string name, string what) => form.Number(name, what) is { } seconds ? seconds is >= 0 and <= 36_000 ? (long)Math.Round(seconds * 1000) : Refuse(name, what) : null;
        long? Refuse(string name, string what)
        {
            form.Fault(name, $"{what}: from 0 to 36,000 seconds are possible.");
            return null;
        }

        var plays = form.Whole("timing.plays", "How often the sound may be played");
        if (plays < 1)
        {
            form.Fault("timing.plays", "How often the sound may be played: 1 or more, or leave it empty.");
        }

        var timing = new ItemTiming
        {
            PrepareMs = Ms("timing.prepare", "Time to prepare"), AnswerMs = Ms("timing.answer", "Time to answer"), AudioDelayMs = Ms("timing.delay", "Silence before the sound"), AudioPlays = plays,
        };
        return timing == new ItemTiming() ? null : timing;
    }

    private static double? Seconds(long? ms) => ms / 1000.0;
}
