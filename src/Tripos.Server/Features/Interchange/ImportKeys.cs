using System.Globalization;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Sets the keys a key file names. Any fault in it leaves all questions as they are.</summary>
internal static class ImportKeys
{
    private sealed record Target(int Id, QuestionKind Kind, ChoiceBody Body, string Scope);

    public static async Task<ImportedFile> RunAsync(IReadOnlyList<KeyEntry> keys, ImportFiles.Work work)
    {
        var problems = new DiagnosticList(work.FileName);
        var targets = await TargetsAsync(keys, work);
        int set = 0, unchanged = 0;
        foreach (var entry in keys)
        {
            if (Find(entry, targets, problems) is not { } target || Resolve(entry, target.Body, problems) is not { } key)
            {
                continue;
            }

            if (target.Body.Key.ToHashSet().SetEquals(key))
            {
                unchanged++;
                continue;
            }

            if (!target.Body.NeedsKey)
            {
                problems.Warning(entry.Place, $"The key of question {target.Id} changed.", $"Regrade it if it was answered before: /questions/{target.Id}/regrade");
            }

            await SetKey.WriteAsync(target.Id, target.Kind, target.Body, key, work.Connection, work.Author, work.Ct);
            set++;
        }

        return new(work.FileName, ImportedKind.Keys) { Failed = problems.HasErrors, KeysSet = problems.HasErrors ? 0 : set, Unchanged = problems.HasErrors ? 0 : unchanged, Findings = problems.All };
    }

    private static async Task<ILookup<string, Target>> TargetsAsync(IReadOnlyList<KeyEntry> keys, ImportFiles.Work work)
    {
        var rows = await work.Connection.QueryAsync("""
            SELECT r.external_id, r.scope, q.id, q.kind, v.body::text
            FROM external_references r JOIN questions q ON q.id = r.question_id JOIN question_versions v ON v.id = q.current_version_id
            WHERE r.external_id = ANY($1)
            UNION ALL
            SELECT '#' || q.id, '', q.id, q.kind, v.body::text FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE q.id = ANY($2)
            """,
            row => (Name: row.GetString(0), Scope: row.GetString(1), Id: row.GetInt32(2), Kind: QuestionKinds.Find(row.GetString(3)), Body: QuestionKinds.Find(row.GetString(3)).ReadBody(row.GetString(4)) as ChoiceBody),
            work.Ct, keys.Select(k => k.QuestionId).Distinct().ToArray(), keys.Select(OwnNumber).OfType<int>().ToArray());
        return rows.Where(r => r.Body is not null).ToLookup(r => r.Name, r => new Target(r.Id, r.Kind, r.Body!, r.Scope));
    }

    private static int? OwnNumber(KeyEntry entry) =>
        entry.QuestionId.StartsWith('#') && int.TryParse(entry.QuestionId.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static Target? Find(KeyEntry entry, ILookup<string, Target> targets, DiagnosticList problems)
    {
        var fitting = targets[entry.QuestionId].Where(t => entry.ExamId is null || t.Scope == entry.ExamId).DistinctBy(t => t.Id).ToList();
        if (fitting is [var only])
        {
            return only;
        }

        string exam = entry.ExamId is null ? "" : $" in exam \"{entry.ExamId}\"";
        if (fitting.Count == 0)
        {
            problems.Error(entry.Place, $"There is no question with the id \"{entry.QuestionId}\"{exam}.", "Import its exam first, or correct the id; #12 means question 12 of Tripos.");
        }
        else
        {
            problems.Error(entry.Place, $"{fitting.Count} exams have a question with the id \"{entry.QuestionId}\".", "Add a column exam_id that says which one is meant.");
        }

        return null;
    }

    private static string[]? Resolve(KeyEntry entry, ChoiceBody body, DiagnosticList problems)
    {
        List<string> key = [];
        foreach (string name in entry.Correct)
        {
            if (OptionNames.Find(body.Options, name) is { } id)
            {
                key.Add(id);
            }
            else
            {
                problems.Error(entry.Place, $"\"{name}\" is none of the options of question \"{entry.QuestionId}\".", $"Its options are {string.Join(", ", body.Options.Select(o => o.Id))}.");
            }
        }

        return key.Count == entry.Correct.Count ? [.. key.Distinct()] : null;
    }
}
