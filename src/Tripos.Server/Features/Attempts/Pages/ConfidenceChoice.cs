using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace Tripos.Server.Features.Attempts.Pages;

/// <summary>"How sure are you?" under a question: the same few pieces of HTML for everybody, so they are made once instead of on every page.</summary>
public static class ConfidenceChoice
{
    private static readonly ConcurrentDictionary<(int Position, short Level), MarkupString> Made = new();

    /// <param name="position">Of the question, at most a few hundred.</param>
    /// <param name="level">1-5, or null when the learner has not said.</param>
    public static MarkupString For(int position, short? level) => Made.GetOrAdd((position, level ?? 0), static key => Make(key.Position, key.Level));

    private static MarkupString Make(int position, short chosen)
    {
        var html = new StringBuilder("""<fieldset class="confidence" data-confidence><legend>How sure are you?</legend>""");
        for (short level = 1; level <= 5; level++)
        {
            html.Append(CultureInfo.InvariantCulture,
                $"""<label><input type="radio" name="c{position}" value="{level}"{(level == chosen ? " checked" : "")} aria-label="{AttemptWords.Levels[level]}" /><span>{level}</span></label>""");
        }

        return new MarkupString(html.Append("""<span class="muted small" aria-hidden="true">1 a guess, 5 certain</span></fieldset>""").ToString());
    }
}
