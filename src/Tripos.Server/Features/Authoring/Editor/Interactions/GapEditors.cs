using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages.Fields;

namespace Tripos.Server.Features.Authoring;

internal static class GapMarks
{
    /// <summary>Ids of the gaps of the text as it is typed now.</summary>
    public static IReadOnlyList<string> In(EditorForm form) => [.. GapBody.Marks().Matches(form["text"]).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal)];
}

/// <summary>A text with marks, and a row for each mark in it.</summary>
public abstract class GapEditor<TBody> : InteractionEditor<TBody>
    where TBody : GapBody
{
    public override void Start(EditorForm form, QuestionKind kind) => form.Set("text", "");

    public override void Align(EditorForm form) => form.Align("gaps", GapMarks.In(form));

    protected static IEnumerable<(int Row, string Id)> GapsIn(EditorForm form) => Enumerable.Range(0, form.Rows("gaps")).Select(row => (row, form[$"gaps[{row}].id"]));
}

/// <summary>Gaps to type into: what counts is written line by line.</summary>
public sealed class TypedGapsEditor : GapEditor<TypedGaps>
{
    public override Type Fields => typeof(TypedGapsFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new TypedGaps
    {
        Prompt = "",
        Text = form.Rich("text"),
        Gaps = [.. GapsIn(form).Select(gap => new TypedGap(gap.Id, form.Lines($"gaps[{gap.Row}].accepted"))
        {
            CaseSensitive = form.IsChecked($"gaps[{gap.Row}].caseSensitive"),
            Tolerance = form.Number($"gaps[{gap.Row}].tolerance", $"Tolerance of gap {gap.Id}"),
        })],
    };

    protected override void Fill(EditorForm form, TypedGaps body)
    {
        form.Set("text", body.Text);
        foreach (var (row, gap) in body.Gaps.Index())
        {
            form.AddRow("gaps", ("id", gap.Id), ("accepted", string.Join('\n', gap.Accepted))).Set($"gaps[{row}].caseSensitive", gap.CaseSensitive).Set($"gaps[{row}].tolerance", gap.Tolerance);
        }
    }
}

/// <summary>Gaps with a list each: one option a line, a star before the right one.</summary>
public sealed class ChosenGapsEditor : GapEditor<ChosenGaps>
{
    public override Type Fields => typeof(ChosenGapsFields);

    public override QuestionBody Read(EditorForm form, QuestionKind kind) => new ChosenGaps
    {
        Prompt = "", Text = form.Rich("text"), Gaps = [.. GapsIn(form).Select(gap => GapIn(form, gap.Row, gap.Id))],
    };

    public override string FieldOf(string fault) => fault.StartsWith("gaps[", StringComparison.Ordinal) ? fault[..(fault.IndexOf(']', StringComparison.Ordinal) + 1)] + ".options" : fault;

    protected override void Fill(EditorForm form, ChosenGaps body)
    {
        form.Set("text", body.Text);
        foreach (var gap in body.Gaps)
        {
            form.AddRow("gaps", ("id", gap.Id), ("options", string.Join('\n', gap.Options.Select(option => (option.Id == gap.Key ? "*" : "") + option.Text))),
                ("known", string.Join('\n', gap.Options.Select(option => $"{option.Id}\t{option.Text}"))));
        }
    }

    private static ChosenGap GapIn(EditorForm form, int row, string id)
    {
        // An option that was there before keeps its id: answers name ids.
        var known = form.Lines($"gaps[{row}].known").Select(line => line.Split('\t', 2)).Where(pair => pair.Length == 2).DistinctBy(pair => pair[1]).ToDictionary(pair => pair[1], pair => pair[0]);
        var used = known.Values.ToHashSet();
        string? key = null;
        List<Part> options = [];
        foreach (string line in form.Lines($"gaps[{row}].options"))
        {
            string text = line.TrimStart('*').Trim();
            string option = known.Remove(text, out string? old) ? old : Enumerable.Range(1, int.MaxValue).Select(n => $"{n}").First(used.Add);
            options.Add(new(option, text));
            key ??= line[0] == '*' ? option : null;
        }

        return new(id, options, key);
    }
}

/// <summary>One list of words, each with the gap it belongs into or none.</summary>
public sealed class WordBankEditor : GapEditor<WordBank>
{
    public override Type Fields => typeof(WordBankFields);

    public override void Start(EditorForm form, QuestionKind kind)
    {
        base.Start(form, kind);
        for (int n = 0; n < 4; n++)
        {
            form.AddRow("words", NewRow(form, "words"));
        }
    }

    public override void Align(EditorForm form)
    {
    }

    public override QuestionBody Read(EditorForm form, QuestionKind kind)
    {
        var words = PartRows.In(form, "words", plain: true);
        var order = GapMarks.In(form).ToList();
        var key = words.Select((word, row) => (Gap: form[$"words[{row}].gap"], word.Id)).Where(pair => pair.Gap.Length > 0).OrderBy(pair => order.IndexOf(pair.Gap)).ToList();
        foreach (var twice in key.GroupBy(pair => pair.Gap).Where(group => group.Count() > 1))
        {
            form.Fault("words", $"Two words belong into the gap [[{twice.Key}]]. Choose one of them.");
        }

        return new WordBank { Prompt = "", Text = form.Rich("text"), Words = words, Key = key.DistinctBy(pair => pair.Gap).ToDictionary(pair => pair.Gap, pair => pair.Id) };
    }

    public override string FieldOf(string fault) => fault is "key" or "gaps" ? "words" : fault;

    protected override void Fill(EditorForm form, WordBank body)
    {
        form.Set("text", body.Text);
        foreach (var word in body.Words)
        {
            form.AddRow("words", ("id", word.Id), ("text", word.Text), ("gap", body.Key.FirstOrDefault(pair => pair.Value == word.Id).Key ?? ""));
        }
    }
}
