using System.Globalization;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Understands the ways people name an option.</summary>
public static class OptionNames
{
    /// <summary>Finds the option a text means: by id, by what it says, by letter (<c>A</c> is the first), by index (<c>0</c> is the first).</summary>
    /// <param name="options">The options in the author's order.</param>
    /// <param name="name">The text; white space around it and markup in it do not matter.</param>
    /// <returns>The id of the option; null when none or more than one fits.</returns>
    /// <remarks>The first way that finds exactly one option wins, so an option that says <c>2</c> is preferred to the third option.</remarks>
    public static string? Find(IReadOnlyList<Option> options, string name)
    {
        string wanted = name.Trim();
        string words = HtmlSanitizer.ToText(wanted);
        return Only(options, o => o.Id == wanted)
            ?? Only(options, o => string.Equals(HtmlSanitizer.ToText(o.Text), words, StringComparison.Ordinal))
            ?? Only(options, o => string.Equals(HtmlSanitizer.ToText(o.Text), words, StringComparison.OrdinalIgnoreCase))
            ?? Only(options, o => string.Equals(o.Id, wanted, StringComparison.OrdinalIgnoreCase))
            ?? ByLetter(options, wanted)
            ?? (int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? ByIndex(options, index) : null);
    }

    /// <summary>The option at a place.</summary>
    /// <param name="options">The options in the author's order.</param>
    /// <param name="index">0 is the first.</param>
    /// <returns>The id of the option; null when there is none.</returns>
    public static string? ByIndex(IReadOnlyList<Option> options, int index) => index >= 0 && index < options.Count ? options[index].Id : null;

    private static string? ByLetter(IReadOnlyList<Option> options, string letter) =>
        letter.Length == 1 && char.IsAsciiLetter(letter[0]) ? ByIndex(options, char.ToLowerInvariant(letter[0]) - 'a') : null;

    private static string? Only(IReadOnlyList<Option> options, Func<Option, bool> fits)
    {
        string? found = null;
        foreach (var option in options)
        {
            if (fits(option))
            {
                if (found is not null)
                {
                    return null;
                }

                found = option.Id;
            }
        }

        return found;
    }
}
