using System.Text.RegularExpressions;

namespace Tripos.Evaluation.Writing;

/// <summary>What a draft of a prompt says, by the phrases such things are usually said with.</summary>
internal static partial class PromptDraft
{
    /// <summary>One thing to look for.</summary>
    /// <param name="Is">What it is, for the learner.</param>
    /// <param name="Advice">What to write when it is missing.</param>
    /// <param name="Phrases">How it is said.</param>
    internal sealed record Sign(string Is, string Advice, Regex Phrases);

    public static IReadOnlyList<Sign> Clarity { get; } =
    [
        new("says what to do", "Say in one sentence what the tool shall do.", Task()),
        new("says who reads the result or who asks", "Say who will read the result and what they know.", Reader()),
        new("says what the result looks like", "Say what the result looks like: a table, a list, so many sentences.", Form()),
        new("gives facts to work with", "Give the facts the tool needs: numbers, dates, names, your notes.", Facts()),
    ];

    public static IReadOnlyList<Sign> Constraints { get; } =
    [
        new("limits the length", "Say how long the result may be.", Length()),
        new("says what must not be done", "Say what the tool must not do.", Prohibition()),
        new("sets the tone or the level", "Say how it should sound, or how simple it must be.", Tone()),
        new("keeps to given facts", "Tell the tool to use only what you give it, and not to invent anything.", Sources()),
        new("orders or divides the result", "Name the parts of the result, or their order.", Parts()),
    ];

    public static IReadOnlyList<Sign> Iteration { get; } =
    [
        new("lets the tool ask first", "Let the tool ask for what it does not know.", Asks()),
        new("says how the result is checked", "Say how you will check the result.", Checks()),
        new("plans another round", "Say what happens after the first answer.", NextRound()),
        new("asks for variants or for doubts", "Ask for two variants, or for the parts the tool is least sure of.", Variants()),
    ];

    public static IReadOnlyList<Sign> Tool { get; } =
    [
        new("names what the tool cannot know or do", "Say what the tool cannot know or see.", Limits()),
        new("guards against invented or wrong results", "Guard against the mistakes such tools make, such as invented facts and wrong sums.", Mistakes()),
        new("gives the material to the tool", "Give the tool its material: paste it, and mark where it begins and ends.", Material()),
        new("leaves the rest to people or better tools", "Say what you will do yourself, or with another tool.", Division()),
    ];

    /// <summary>Each sign with the first place that shows it; null where it is missing.</summary>
    public static IReadOnlyList<(Sign Sign, Place? At, int Times)> Find(IReadOnlyList<Sign> signs, WrittenText text, string original) =>
        [.. signs.Select(sign => (sign, sign.Phrases.Match(text.Text) is { Success: true } hit ? Place.InText(original, hit.Index, hit.Length) : null, sign.Phrases.Count(text.Text)))];

    private const RegexOptions Usual = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    [GeneratedRegex(@"\b(write|make|create|summari[sz]e|explain|list|sort|turn|translate|compare|help me|give me|find|draft|plan|suggest|identify|act as|task:|name|show me|design|rewrite|check|review|convert|build|collect|look for|tell me|prepare|describe|calculate)\b", Usual)]
    private static partial Regex Task();

    [GeneratedRegex(@"\b(readers?|audience|pupils?|students?|classmates?|parents|children|employees|colleagues?|customers|visitors|beginners|adults|users|neighbours|families|inspectors?|aged|for (my|our) \w+|as an? (\w+ )?\w+ would|you are (a|an|helping)|i am an?|my role|people who)\b", Usual)]
    private static partial Regex Reader();

    [GeneratedRegex(@"\b(table|list|bullet points?|columns?|headline|headings?|sections?|paragraphs?|json|csv|markdown|rows?|notice|letter|e-?mail|one (sentence|page|row)|(two|three|four|five|six|seven|ten) (\w+ )?(sentences|sections|versions|headlines|columns|paragraphs|parts|questions|steps|exercises|findings|points)|steps?|format|each with)\b", Usual)]
    private static partial Regex Form();

    [GeneratedRegex(@"\b\d+([.:]\d+)?\b|\b(my notes|below|between the lines|facts:|attached|exported|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december)\b", Usual)]
    private static partial Regex Facts();

    [GeneratedRegex(@"\b((at most|at least|not more than|no more than|no longer than|fewer than|less than|up to|maximum( of)?|max\.?|exactly|within|under) (\w+|\d+)|\d+ (words|sentences|lines|characters|minutes|pages)|(one|two|three|four|five) (pages?|short sentences|sentences?|paragraphs?)|short|brief|keep it)\b", Usual)]
    private static partial Regex Length();

    [GeneratedRegex(@"\b(do not|don't|never|no (more|other|others|names|adjectives|exclamation|clich\w+|prices|jargon|general|technical|\w+ (words|terms|marks|advice))|avoid|without|must not|should not|leave out|nothing|instead of guessing)\b", Usual)]
    private static partial Regex Prohibition();

    [GeneratedRegex(@"\b(tone|friendly|formal|informal|professional|plain|simple (language|words)|funny|warm|witty|polite|neutral|serious|everyday|technical terms|sounds? (\w+)|an? \w+-year-old|aged|beginners?|easy to understand|words an? \w+|understand every word|matter-of-fact)\b", Usual)]
    private static partial Regex Tone();

    [GeneratedRegex(@"\b(use only|only (use|what|the facts|facts|these)|exactly|only what|do not (invent|add|guess|estimate|make up)|don't (invent|guess|make up)|not in the notes|sources?|cite|quote|is missing|stick to|based on|instead of guessing|that is not in)\b", Usual)]
    private static partial Regex Sources();

    [GeneratedRegex(@"\b(first|then|at the end|afterwards|finally|sections?:?|columns|categories|headline|in (this|the following) order|divided into|separate|begin(ning)? with|end with|for each|each with|one of these|differ|numbered|the last)\b", Usual)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\b(ask (me|us|before|about|for)|before you (write|start|begin|answer)|if (you are|you're) (not sure|unsure)|if anything is (unclear|missing)|if you need|questions? first|which you cannot resolve|up to \w+ questions)\b", Usual)]
    private static partial Regex Asks();

    [GeneratedRegex(@"\b((i|we) (will|shall|am going to|are going to) (\w+ )?(check|compare|correct|test|try|verify|calculate|read|look|show|review)|i'll (\w+ )?(check|compare|correct|test|try|show)|so that (i|we|our \w+|the \w+)( \w+)? can check|check (every|each|it)|compare (it|the result|the answer) with)\b", Usual)]
    private static partial Regex Checks();

    [GeneratedRegex(@"\b(then (change|correct|shorten|adapt|revise|improve|rewrite|make)|(correct|change|adapt) (the \w+|it|them|the rest) (then|only|without)|only then|afterwards|(will|shall) (then )?(send|come|tell|bring|give|ask) (you|it|them|the \w+|back)|send (you|it|the \w+) (back|once|the|corrections)|once more|second (round|version|visit)|next (step|message|answer|round)|revise|improve it|adapt|replace those|after i have|new version)\b", Usual)]
    private static partial Regex NextRound();

    [GeneratedRegex(@"\b((two|three|four|several|2|3|4) (\w+ )?(versions?|variants?|headlines|options|alternatives|suggestions|drafts)|(least|how|not) sure|uncertain\w*|weakest|which \w+ (it|they) might|weak point|alternatives?|most likely)\b", Usual)]
    private static partial Regex Variants();

    [GeneratedRegex(@"\b(you (cannot|can't|can not|do not know|don't know|have no|may not know|are not able|do not have|have not seen)|as you cannot|not in the notes|your knowledge|is not your job|without access|cannot (see|know|open|resolve)|if you need to see|(seems to be|is) missing|what you do not know|ask (me|before))\b", Usual)]
    private static partial Regex Limits();

    [GeneratedRegex(@"\b((language |ai )?(models?|tools?|ais?) (make|often|sometimes|tend|may|can|invent)|mistakes|do not (invent|guess|estimate|make up|add any)|don't (invent|guess|make up)|(not|how|least) sure|so that \w+ can check|check every|do not add anything up|say so|guessing|hallucinat\w+|wrong (sums|numbers)|no others|weakest)\b", Usual)]
    private static partial Regex Mistakes();

    [GeneratedRegex(@"(\b(paste|below|attached|between the lines|exported|csv|my (raw )?notes|as a table|here (is|are)|facts:|the following|list of|my observations|i found)\b|###|```|<\w+>|"""""")", Usual)]
    private static partial Regex Material();

    [GeneratedRegex(@"\b((i|we) (will|shall) (\w+ )?(do|calculate|check|compare|draw|decide|add|correct|show|verify|test|try)|i'll \w+|myself|spreadsheet|formula|drawing program|calculator|field guide|websites?|recording|removed (the )?(names|personal)|by hand|another (tool|program)|my own|our \w+ officer|can check it)\b", Usual)]
    private static partial Regex Division();
}
