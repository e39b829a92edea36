using System.Globalization;

namespace Tripos.Bench;

/// <summary>The formats with a few lines for each learner: a count, skills and outcomes; or an id and a count, items, skills and outcomes; lists are separated by commas.</summary>
internal static class ResponseSequences
{
    public static List<LearnerAnswers> Read(string path, List<string> lines, int first, CollectionIds ids)
    {
        int height = HasItems(lines, first) ? 4 : 3;
        var learners = new List<LearnerAnswers>();
        for (int i = first; i < lines.Count; i += height)
        {
            if (i + height > lines.Count)
            {
                throw new BadResponseFileException(path, i + 1, $"The last learner has {lines.Count - i} of {height} lines. The file is cut short: fetch it again.");
            }

            var answers = height == 4 ? Learner(path, lines, i, i + 1, i + 2, i + 3, ids) : Learner(path, lines, i, i + 1, i + 1, i + 2, ids);
            CheckCount(path, lines[i], i + 1, answers.Items.Length);
            if (answers.Items.Length > 0)
            {
                learners.Add(answers);
            }
        }

        return learners;
    }

    /// <summary>A number from 0 to 1, correct from a half on; null for anything else.</summary>
    public static bool? Outcome(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double score) && score is >= 0 and <= 1 ? score >= 0.5 : null;

    // Four lines when the three after the first are equally long and the last holds outcomes; with one response each, only the first line can tell.
    private static bool HasItems(List<string> lines, int first)
    {
        if (first + 3 >= lines.Count)
        {
            return false;
        }

        int count = Fields(lines[first + 1]).Length;
        return count == Fields(lines[first + 2]).Length && count == Fields(lines[first + 3]).Length
            && (count > 1 || Fields(lines[first]).Length > 1)
            && Fields(lines[first + 3]).All(field => Outcome(field) is not null);
    }

    private static LearnerAnswers Learner(string path, List<string> lines, int head, int itemLine, int skillLine, int outcomeLine, CollectionIds ids)
    {
        string[] items = Fields(lines[itemLine]), skills = Fields(lines[skillLine]), outcomes = Fields(lines[outcomeLine]);
        if (items.Length != skills.Length || items.Length != outcomes.Length)
        {
            int line = items.Length != outcomes.Length ? outcomeLine : skillLine;
            throw new BadResponseFileException(path, line + 1, $"There are {items.Length} responses on line {itemLine + 1}, but {Fields(lines[line]).Length} values here. "
                + "Repair the learner, or check that every learner has three lines (count, skills, outcomes) or four (id and count, items, skills, outcomes).");
        }

        var correct = new bool[outcomes.Length];
        for (int i = 0; i < correct.Length; i++)
        {
            correct[i] = Outcome(outcomes[i]) ?? throw new BadResponseFileException(path, outcomeLine + 1,
                $"\"{outcomes[i]}\" is not an outcome. Write 1 for a correct answer and 0 for a wrong one; the learner that starts on line {head + 1} needs three or four lines.");
        }

        return new([.. items.Select(id => ids.Items.Of(id))], [.. skills.Select(id => ids.Skills.Of(id))], correct, [.. Enumerable.Repeat(double.NaN, correct.Length)]);
    }

    private static void CheckCount(string path, string head, int line, int count)
    {
        string[] fields = Fields(head);
        if (fields.Length == 1 && int.TryParse(fields[0], CultureInfo.InvariantCulture, out int promised) && promised != count)
        {
            throw new BadResponseFileException(path, line, $"The line promises {promised} responses, but {count} follow. The file is damaged or not of this format.");
        }
    }

    private static string[] Fields(string line) => line.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
