using System.Text.Json;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports one exam: finds the test it is, writes what is new or different, leaves alone what is not.</summary>
internal static class ImportExam
{
    public const string Source = "exam-json";

    public static async Task<ImportedFile> RunAsync(ExamFile exam, ImportFiles.Work work)
    {
        var findings = new DiagnosticList(work.FileName);
        exam = await ImportMedia.RunAsync(Rules.Known(exam, findings), findings, work);
        var stored = await FindAsync(exam, work);
        var id = stored?.Id ?? Guid.CreateVersion7();
        string scope = ScopeOf(exam, id);
        if (stored is not null && exam.ExternalId is not null && !SameTitle(exam, stored) && Match.Overlap(exam.Questions, stored) == 0)
        {
            findings.Warning("id", $"The id \"{exam.ExternalId}\" is that of \"{stored.Title}\", which has none of these questions: it is replaced.", "Give this exam an id of its own if it is another one.");
        }

        if (stored is null)
        {
            await InsertTestAsync(id, exam, work);
        }

        var written = await WriteQuestions.RunAsync(exam, stored, scope, findings, work);
        bool testChanged = await WriteTest.RunAsync(id, exam, stored, written, work);
        await WriteReferencesAsync(id, exam, scope, written, work);
        return Report(exam, id, stored, written, testChanged, findings, work);
    }

    /// <summary>What question ids of an exam are unique in: the exam's id, or our test where the source gives none.</summary>
    public static string ScopeOf(ExamFile exam, Guid id) => exam.ExternalId ?? $"test:{id}";

    private static ImportedFile Report(ExamFile exam, Guid id, StoredExam? stored, IReadOnlyList<WriteQuestions.Written> written, bool testChanged, DiagnosticList findings, ImportFiles.Work work)
    {
        int changed = written.Count(w => w.Changed);
        return new(work.FileName, ImportedKind.Exam)
        {
            Title = exam.TitleIsFromFileName && stored is not null ? stored.Title : exam.Title,
            TestId = id,
            Tests = stored is null || testChanged || changed > 0 ? 1 : 0,
            Questions = changed,
            Unchanged = written.Count - changed,
            NeedKey = written.Count(w => w.NeedsKey),
            Drafts = written.Count(w => w.IsDraft),
            Findings = findings.All,
            Samples = [.. exam.Questions.Take(Samples.Most).Select(q => Samples.Of(q.Body, q.Kind))],
        };
    }

    private static async Task<StoredExam?> FindAsync(ExamFile exam, ImportFiles.Work work)
    {
        if (exam.ExternalId is { } externalId)
        {
            var found = await work.Connection.QueryAsync("SELECT test_id FROM external_references WHERE source = $1 AND scope = '' AND external_id = $2 AND test_id IS NOT NULL",
                row => row.GetGuid(0), work.Ct, Source, externalId);
            return found is [var id] ? await StoredExam.ReadAsync(id, externalId, work) : null;
        }

        // Without an id: a test of the same name and type that has at least half of the questions.
        var candidates = await work.Connection.QueryAsync("""
            SELECT t.id, (SELECT r.external_id FROM external_references r WHERE r.test_id = t.id AND r.source = $3 LIMIT 1)
            FROM tests t WHERE t.type = $1 AND lower(t.title) = lower($2) ORDER BY t.created_at
            """, row => (Id: row.GetGuid(0), ExternalId: row.Maybe<string>(1)), work.Ct, exam.Type, exam.Title, Source);
        foreach (var (id, known) in candidates)
        {
            var stored = await StoredExam.ReadAsync(id, known ?? $"test:{id}", work);
            if (Match.Overlap(exam.Questions, stored) >= 0.5)
            {
                return stored;
            }
        }

        return null;
    }

    private static bool SameTitle(ExamFile exam, StoredExam stored) => string.Equals(exam.Title, stored.Title, StringComparison.OrdinalIgnoreCase);

    private static Task<int> InsertTestAsync(Guid id, ExamFile exam, ImportFiles.Work work) => work.Connection.ExecuteAsync("""
        INSERT INTO tests (id, title, description, type, time_limit_ms, warn_before_ms, pass_mark_percent, policy, metadata, source_file, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10, $11)
        """, work.Ct,
        id, exam.Title, exam.Description ?? "", exam.Type, NotZero(exam.TimeLimitMs), NotZero(exam.WarnBeforeMs), exam.PassMarkPercent,
        JsonSerializer.Serialize(Rules.Of(exam, new TestPolicy()), Json.Options), JsonSerializer.Serialize(exam.Metadata, Json.Options), work.FileName, work.Author);

    internal static long? NotZero(long? ms) => ms is 0 ? null : ms;

    private static async Task WriteReferencesAsync(Guid id, ExamFile exam, string scope, IReadOnlyList<WriteQuestions.Written> written, ImportFiles.Work work)
    {
        const string upsert = """
            ON CONFLICT (source, scope, external_id) DO UPDATE SET test_id = excluded.test_id, question_id = excluded.question_id, source_file = excluded.source_file
            WHERE (external_references.test_id, external_references.question_id, external_references.source_file)
                IS DISTINCT FROM (excluded.test_id, excluded.question_id, excluded.source_file)
            """;
        if (exam.ExternalId is { } externalId)
        {
            await work.Connection.ExecuteAsync($"INSERT INTO external_references (source, scope, external_id, test_id, source_file) VALUES ($1, '', $2, $3, $4) {upsert}",
                work.Ct, Source, externalId, id, work.FileName);
        }

        var named = written.Where(w => w.Question.ExternalId is not null).ToList();
        await work.Connection.ExecuteAsync($"""
            INSERT INTO external_references (source, scope, external_id, question_id, source_file)
            SELECT $1, $2, r.external_id, r.question_id, $3 FROM unnest($4, $5) r (external_id, question_id) {upsert}
            """, work.Ct, Source, scope, work.FileName, named.Select(w => w.Question.ExternalId!).ToArray(), named.Select(w => w.Id).ToArray());
    }
}
