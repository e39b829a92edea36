using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Writes the questions of one exam: new ones in bulk, changed ones as new versions.</summary>
internal static class WriteQuestions
{
    public sealed record Written(ExamQuestion Question, int Id, bool Changed, bool NeedsKey);

    /// <summary>What is to be done with one question of the file.</summary>
    private sealed record Plan(ExamQuestion Question, StoredQuestion? Stored, Merge.Result? Merged)
    {
        // Another test asks the old words: this exam gets a question of its own instead of changing theirs.
        public bool IsNew => Stored is null || (Stored.IsShared && Merged!.ContentChanged);
    }

    public static async Task<IReadOnlyList<Written>> RunAsync(ExamFile exam, StoredExam? stored, string scope, DiagnosticList findings, ImportFiles.Work work)
    {
        var plans = await PlanAsync(exam, stored, work);
        var topics = await Topics.EnsureAsync(exam.Questions.Select(q => TopicOf(q, exam)).OfType<(string, string)>(), work);
        int? TopicId(ExamQuestion question) => TopicOf(question, exam) is { } name ? topics[name] : null;

        var fresh = plans.Where(p => p.IsNew).ToList();
        int[] ids = fresh.Count == 0 ? [] : await QuestionRows.InsertAsync([.. fresh.Select(p => Row(p, TopicId(p.Question), exam))], work);
        var newIds = fresh.Zip(ids).ToDictionary(pair => pair.First, pair => pair.Second, (IEqualityComparer<Plan>)ReferenceEqualityComparer.Instance);
        List<Written> written = new(plans.Count);
        foreach (var plan in plans)
        {
            Tell(plan, findings);
            written.Add(newIds.TryGetValue(plan, out int id)
                ? new(plan.Question, id, Changed: true, (plan.Merged?.Body ?? plan.Question.Body).NeedsKey)
                : await UpdateAsync(plan, TopicId(plan.Question), exam, work));
        }

        return written;
    }

    private static async Task<List<Plan>> PlanAsync(ExamFile exam, StoredExam? stored, ImportFiles.Work work)
    {
        var matches = stored is null ? [] : Match.Of(exam.Questions, stored);
        var used = matches.Values.Select(q => q.Id).ToHashSet();
        var strangers = exam.Questions.Where(q => !matches.ContainsKey(q)).ToList();
        var elsewhere = (await StoredExam.FindAsync([.. strangers.SelectMany(Hashes)], stored?.Id, work)).ToLookup(q => q.Likeness);
        List<Plan> plans = new(exam.Questions.Count);
        foreach (var question in exam.Questions)
        {
            var found = matches.GetValueOrDefault(question)
                ?? elsewhere[Match.LikenessOf(question.Body)].FirstOrDefault(other => !used.Contains(other.Id) && Agree(question, other));
            used.Add(found?.Id ?? 0);
            plans.Add(new(question, found, found is null ? null : Merge.Of(question, found.Body, found.IsShared)));
        }

        return plans;
    }

    // A kind the file only guesses may be stored as the other one.
    private static IEnumerable<Guid> Hashes(ExamQuestion question) =>
        QuestionKinds.All.Select(kind => QuestionFingerprint.OfContent(kind.Name, question.Body));

    // The same words with another key or of another kind are another question: this exam must not change what a different one asks.
    private static bool Agree(ExamQuestion question, StoredQuestion other)
    {
        if (question.StatesKind && question.Body.GetType() != other.Body.GetType())
        {
            return false;
        }

        var ids = Merge.OptionIds(question, other.Body);
        return question.Body.Key.Count == 0 || other.Body.Key.Count == 0 || other.Body.Key.ToHashSet().SetEquals(question.Body.Key.Select(id => ids[id]));
    }

    private static (string, string)? TopicOf(ExamQuestion question, ExamFile exam) =>
        question.Topic is { } topic ? (question.Module ?? exam.Module ?? Topics.NoModule, topic) : null;

    private static QuestionRows.New Row(Plan plan, int? topicId, ExamFile exam)
    {
        var body = plan.Merged?.Body ?? plan.Question.Body;
        return new(body, QuestionFingerprint.OfContent(QuestionKinds.PlainOf(body).Name, body), topicId ?? plan.Stored?.TopicId,
            plan.Question.Difficulty ?? plan.Stored?.Difficulty ?? 3, Origin(plan.Question, exam));
    }

    private static QuestionRows.Origin Origin(ExamQuestion question, ExamFile exam) => new(question.ExternalId, question.Number, exam.ExternalId, question.Metadata);

    private static async Task<Written> UpdateAsync(Plan plan, int? topicId, ExamFile exam, ImportFiles.Work work)
    {
        var (question, stored, merged) = (plan.Question, plan.Stored!, plan.Merged!);
        bool media = !stored.IsShared && MediaOf(question) is { Length: > 0 } now && now != stored.Media;
        bool changed = merged.Changed || media;
        if (changed)
        {
            await QuestionRows.AddVersionAsync(stored.Id, merged.Body, Origin(question, exam), work);
        }

        int? topic = stored.IsShared ? stored.TopicId ?? topicId : topicId ?? stored.TopicId;
        short difficulty = stored.IsShared ? stored.Difficulty : question.Difficulty ?? stored.Difficulty;
        if (topic != stored.TopicId || difficulty != stored.Difficulty)
        {
            changed = true;
            await work.Connection.ExecuteAsync("UPDATE questions SET topic_id = $2, difficulty = $3 WHERE id = $1", work.Ct, stored.Id, topic, difficulty);
        }

        return new(question, stored.Id, changed, merged.Body.NeedsKey);
    }

    private static string MediaOf(ExamQuestion question) =>
        string.Join(' ', ((string[])["audioSrc", "timeLimitInSeconds"]).Where(question.Metadata.ContainsKey).Select(name => question.Metadata[name].ToString()));

    private static void Tell(Plan plan, DiagnosticList findings)
    {
        string place = $"questions[{plan.Question.Number - 1}]";
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
