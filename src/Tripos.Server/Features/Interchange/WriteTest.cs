using System.Text.Json;
using Tripos.Formats;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Writes the slots and the rules of an imported test; a change makes its next version.</summary>
internal static class WriteTest
{
    /// <returns>Whether anything about an existing test changed.</returns>
    public static async Task<bool> RunAsync(Guid id, ExamFile exam, StoredExam? stored, IReadOnlyList<WriteQuestions.Written> written, ImportFiles.Work work)
    {
        var before = stored?.Slots.GroupBy(s => s.QuestionId).ToDictionary(g => g.Key, g => g.First()) ?? [];
        List<StoredSlot> slots = [.. written.Select(w => new StoredSlot(w.Id,
            w.Question.Points ?? before.GetValueOrDefault(w.Id)?.Points ?? 1, w.Question.Section ?? before.GetValueOrDefault(w.Id)?.Section))];

        // Order alone is no change.
        bool otherSlots = stored is null || !slots.ToHashSet().SetEquals(stored.Slots);
        if (otherSlots)
        {
            await WriteSlotsAsync(id, slots, work);
        }

        return stored is not null && await UpdateAsync(exam, stored, otherSlots || written.Any(w => w.Changed), work);
    }

    private static async Task WriteSlotsAsync(Guid id, List<StoredSlot> slots, ImportFiles.Work work)
    {
        await work.Connection.ExecuteAsync("DELETE FROM test_slots WHERE test_id = $1", work.Ct, id);
        await work.Connection.ExecuteAsync("""
            INSERT INTO test_slots (test_id, position, question_id, points, section)
            SELECT $1, s.position, s.question_id, s.points, s.section FROM unnest($2, $3, $4) WITH ORDINALITY s (question_id, points, section, position)
            """, work.Ct, id, slots.Select(s => s.QuestionId).ToArray(), slots.Select(s => s.Points).ToArray(), slots.Select(s => s.Section).ToArray());
    }

    private static async Task<bool> UpdateAsync(ExamFile exam, StoredExam stored, bool contentChanged, ImportFiles.Work work)
    {
        var policy = Rules.Of(exam, stored.Policy);
        long? limit = exam.TimeLimitMs is { } ms ? ImportExam.NotZero(ms) : stored.TimeLimitMs;
        long? warn = exam.WarnBeforeMs is { } before ? ImportExam.NotZero(before) : stored.WarnBeforeMs;
        float? pass = exam.PassMarkPercent ?? stored.PassMarkPercent;
        string title = exam.TitleIsFromFileName ? stored.Title : exam.Title;
        string description = exam.Description ?? stored.Description;
        bool rules = contentChanged || policy != stored.Policy || limit != stored.TimeLimitMs || warn != stored.WarnBeforeMs || pass != stored.PassMarkPercent;
        bool changed = rules || title != stored.Title || description != stored.Description;
        await work.Connection.ExecuteAsync("""
            UPDATE tests SET title = $2, description = $3, version = $4, time_limit_ms = $5, warn_before_ms = $6, pass_mark_percent = $7,
                policy = $8::jsonb, metadata = metadata || $9::jsonb, source_file = $10
            WHERE id = $1 AND ($11 OR source_file IS DISTINCT FROM $10 OR metadata IS DISTINCT FROM metadata || $9::jsonb)
            """, work.Ct,
            stored.Id, title, description, stored.Version + (rules ? 1 : 0), limit, warn, pass,
            JsonSerializer.Serialize(policy, Json.Options), JsonSerializer.Serialize(exam.Metadata, Json.Options), work.FileName, changed);
        return changed;
    }
}
