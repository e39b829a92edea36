using System.Globalization;
using System.Text;

namespace Tripos.Evaluation.Speech;

/// <summary>A grammar and a dictionary, as PocketSphinx reads them (<c>-fsg</c>, <c>-dict</c>).</summary>
/// <param name="Fsg">Finite-state grammar in Sphinx's text form.</param>
/// <param name="Dictionary">One pronunciation a line.</param>
public sealed record GuidedSearch(string Fsg, string Dictionary);

/// <summary>
/// Grammars that expect known words but hear when something else is said: any word may be left out, the last ones may be said again, and any sounds may come
/// between words. The chances were chosen on synthetic voices with known defects; docs/evaluation-speech.md has the numbers.
/// </summary>
public static class ScriptGrammar
{
    /// <summary>Begins the names of the pieces that are single sounds, not words.</summary>
    internal const char OtherMark = '_';

    private const double Said = 0.9;
    private const double LeftOut = 1e-3;
    private const double Unknown = 0.5; // a word nobody knows the sound of: what is said there is other sounds
    private const double Stopped = 1e-7; // nothing more is said; as likely as leaving out two words
    private const double OtherSound = 6e-3;
    private const double OtherSoundForAnswer = 1e-2;
    private const double SaidAgain = 5e-4;
    private const int LongestRepeat = 3;

    // The sounds of English as the CMU pronouncing dictionary writes them.
    private static readonly string[] Sounds =
        "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".Split(' ');

    /// <summary>Expects a text.</summary>
    /// <param name="script">At least one word.</param>
    /// <param name="pronunciations">Of the known words; each a sequence of sounds.</param>
    public static GuidedSearch ForScript(IReadOnlyList<ScriptWord> script, IReadOnlyDictionary<string, IReadOnlyList<string>> pronunciations)
    {
        var fsg = Begin(script.Count + 1);
        for (int i = 0; i < script.Count; i++)
        {
            if (script[i].IsKnown)
            {
                Go(fsg, i, i + 1, Said, script[i].Word);
            }

            Go(fsg, i, i + 1, script[i].IsKnown ? LeftOut : Unknown, "");
            if (i < script.Count - 1)
            {
                Go(fsg, i, script.Count, Stopped, "");
            }
        }

        for (int i = 0; i <= script.Count; i++)
        {
            AddOthers(fsg, i, OtherSound);
            for (int back = 1; back <= Math.Min(i, LongestRepeat); back++)
            {
                Go(fsg, i, i - back, SaidAgain, "");
            }
        }

        return End(fsg, script.Where(word => word.IsKnown).Select(word => word.Word), pronunciations);
    }

    /// <summary>Expects one of several short answers, anywhere among other words.</summary>
    /// <param name="answers">Each a sequence of words that are all known.</param>
    /// <param name="pronunciations">Of their words.</param>
    public static GuidedSearch ForAnswers(IReadOnlyList<IReadOnlyList<string>> answers, IReadOnlyDictionary<string, IReadOnlyList<string>> pronunciations)
    {
        var fsg = Begin(2 + answers.Sum(answer => answer.Count - 1), final: 1);
        int next = 2;
        foreach (var answer in answers)
        {
            int from = 0;
            for (int i = 0; i < answer.Count; i++)
            {
                int to = i == answer.Count - 1 ? 1 : next++;
                Go(fsg, from, to, Said / answers.Count, answer[i]);
                from = to;
            }
        }

        Go(fsg, 0, 1, LeftOut, "");
        AddOthers(fsg, 0, OtherSoundForAnswer);
        AddOthers(fsg, 1, OtherSoundForAnswer);
        return End(fsg, answers.SelectMany(answer => answer), pronunciations);
    }

    private static StringBuilder Begin(int states, int? final = null) => new StringBuilder("FSG_BEGIN <answer>\n")
        .Append(CultureInfo.InvariantCulture, $"NUM_STATES {states}\nSTART_STATE 0\nFINAL_STATE {final ?? states - 1}\n");

    private static void AddOthers(StringBuilder fsg, int state, double chance)
    {
        foreach (string sound in Sounds)
        {
            Go(fsg, state, state, chance, Other(sound));
        }
    }

    private static void Go(StringBuilder fsg, int from, int to, double chance, string word) =>
        fsg.Append(CultureInfo.InvariantCulture, $"TRANSITION {from} {to} {chance:0.########}").Append(word.Length > 0 ? " " : "").Append(word).Append('\n');

    private static GuidedSearch End(StringBuilder fsg, IEnumerable<string> words, IReadOnlyDictionary<string, IReadOnlyList<string>> pronunciations)
    {
        StringBuilder dictionary = new();
        foreach (string word in words.Distinct().Order(StringComparer.Ordinal))
        {
            var known = pronunciations[word];
            for (int i = 0; i < known.Count; i++)
            {
                dictionary.Append(word).Append(i == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"({i + 1})")).Append(' ').Append(known[i]).Append('\n');
            }
        }

        foreach (string sound in Sounds)
        {
            dictionary.Append(Other(sound)).Append(' ').Append(sound).Append('\n');
        }

        return new(fsg.Append("FSG_END\n").ToString(), dictionary.ToString());
    }

    private static string Other(string sound) => $"{OtherMark}{sound}{OtherMark}";
}
