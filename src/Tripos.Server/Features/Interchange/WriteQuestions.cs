using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Writes the questions of one exam: new ones in bulk, changed ones as new versions.</summary>
internal static class WriteQuestions
{
    public sealed record Written(ExamQuestion Question, int Id, bool Changed, bool NeedsKey, bool IsDraft);

    public static async Task<IReadOnlyList<Written>> RunAsync(ExamFile exam, StoredExam? stored, string scope, DiagnosticList findings, ImportFiles.Work work)
    {
        var plans = await PlanQuestions.RunAsync(exam, stored, work);
        var topics = await Topics.EnsureAsync(exam.Questions.Select(q => TopicOf(q, exam)).OfType<(string, string)>(), work);
        int? TopicId(ExamQuestion question) => TopicOf(question, exam) is { } name ? topics[name] : null;

        var fresh = plans.Where(p => p.IsNew).ToList();
        int[] ids = fresh.Count == 0 ? [] : await QuestionRows.InsertAsync([.. fresh.Select(p => Row(p, TopicId(p.Question), exam))], work);
        var newIds = fresh.Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second, (IEqualityComparer<QuestionPlan>)ReferenceEqualityComparer.Instance);
        List<Written> written = new(plans.Count);
        foreach (var plan in plans)
        {
            Tell(plan, findings);
            written.Add(newIds.TryGetValue(plan, out int id)
                ? new(plan.Question, id, Changed: true, plan.Body.NeedsKey, plan.Status == ContentStatus.Draft)
                : await UpdateAsync(plan, TopicId(plan.Question), exam, work));
        }

        return written;
    }

    private static (string, string)? TopicOf(ExamQuestion question, ExamFile exam) =>
        question.Topic is { } topic ? (question.Module ?? exam.Module ?? Topics.NoModule, topic) : null;

    private static QuestionRows.New Row(QuestionPlan plan, int? topicId, ExamFile exam) =>
        new(plan.Kind, plan.Body, QuestionFingerprint.OfContent(plan.Kind.Name, plan.Body), topicId ?? plan.Stored?.TopicId,
            plan.Question.Difficulty ?? plan.Stored?.Difficulty ?? 3, Origin(plan.Question, exam))
        {
            Tags = plan.Tags,
            IsDraft = plan.Status == ContentStatus.Draft,
        };

    private static QuestionRows.Origin Origin(ExamQuestion question, ExamFile exam) => new(question.ExternalId, question.Number, exam.ExternalId, question.Metadata);

    private static async Task<Written> UpdateAsync(QuestionPlan plan, int? topicId, ExamFile exam, ImportFiles.Work work)
    {
        var (question, stored, merged) = (plan.Question, plan.Stored!, plan.Merged!);
        bool media = !stored.IsShared && MediaOf(question) is { Length: > 0 } now && now != stored.Media;
        bool changed = merged.Changed || media;
        if (changed)
        {
            await QuestionRows.AddVersionAsync(stored.Id, merged.Kind, merged.Body, Origin(question, exam), work);
        }

        int? topic = stored.IsShared ? stored.TopicId ?? topicId : topicId ?? stored.TopicId;
        short difficulty = stored.IsShared ? stored.Difficulty : question.Difficulty ?? stored.Difficulty;
        if (topic != stored.TopicId || difficulty != stored.Difficulty || plan.Status != stored.Status || !plan.Tags.SequenceEqual(stored.Tags))
        {
            changed = true;
            await work.Connection.ExecuteAsync("UPDATE questions SET topic_id = $2, difficulty = $3, status = $4, tags = $5 WHERE id = $1",
                work.Ct, stored.Id, topic, difficulty, AppDb.SnakeCase(plan.Status.ToString()), plan.Tags.ToArray());
        }

        return new(question, stored.Id, changed, merged.Body.NeedsKey, plan.Status == ContentStatus.Draft);
    }

    private static string MediaOf(ExamQuestion question) =>
        string.Join(' ', ((string[])["audioSrc", "timeLimitInSeconds"]).Where(question.Metadata.ContainsKey).Select(name => question.Metadata[name].ToString()));

    private static void Tell(QuestionPlan plan, DiagnosticList findings)
    {
        string place = $"questions[{plan.Question.Number - 1}]";
        foreach (var fault in plan.Faults)
        {
            int end = fault.Message.IndexOf(". ", StringComparison.Ordinal) + 1;
            findings.Warning($"{place}{(plan.Question.IsNative ? ".body" : "")}.{fault.Field}", end > 0 ? fault.Message[..end] : fault.Message,
                $"{(end > 0 ? fault.Message[(end + 1)..] : "Mend it.")} Until then it is a draft and is not offered.");
        }

        if (plan.Merged is { KeyLost: true })
        {
            findings.Warning(place, "Its options changed so that the key no longer fits: it needs a key again.", "Set the key in the key editor.");
        }
        else if (plan is { Merged.KeyChanged: true, IsNew: false })
        {
            findings.Warning(place, $"The right answer changed (question {plan.Stored!.Id}).", "Regrade it if it was answered before.");
        }
    }
}
