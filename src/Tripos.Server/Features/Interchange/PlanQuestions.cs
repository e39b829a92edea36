using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Interchange;

/// <summary>What is to be done with one question of a file.</summary>
internal sealed record QuestionPlan(ExamQuestion Question, StoredQuestion? Stored, Merge.Result? Merged)
{
    public QuestionKind Kind => Merged?.Kind ?? Question.Kind;
    public QuestionBody Body => Merged?.Body ?? Question.Body;

    // Another test asks the old words: this exam gets a question of its own instead of changing theirs.
    public bool IsNew => Stored is null || (Stored.IsShared && Merged!.ContentChanged);

    /// <summary>What keeps it from being offered.</summary>
    public IReadOnlyList<BodyFault> Faults { get; } = [.. (Merged?.Kind ?? Question.Kind).Faults(Merged?.Body ?? Question.Body)];

    /// <summary>A draft while something is wrong with it; else what the file says; else what it was, unless all that was wrong is mended.</summary>
    public ContentStatus Status => Stored is { Status: ContentStatus.Retired } && !IsNew ? ContentStatus.Retired
        : Faults.Count > 0 ? ContentStatus.Draft
        : Question.IsDraft is { } draft && Stored is not { IsShared: true } ? draft ? ContentStatus.Draft : ContentStatus.Live
        : Stored is null || IsNew ? ContentStatus.Live
        : Stored.Status == ContentStatus.Draft && Stored.Kind.Faults(Stored.Body).Any() ? ContentStatus.Live
        : Stored.Status;

    public IReadOnlyList<string> Tags => Stored is { IsShared: true } ? Stored.Tags : Question.Tags ?? Stored?.Tags ?? [];
}

/// <summary>Finds what each question of an exam is here already.</summary>
internal static class PlanQuestions
{
    public static async Task<List<QuestionPlan>> RunAsync(ExamFile exam, StoredExam? stored, ImportFiles.Work work)
    {
        var matches = stored is null ? [] : Match.Of(exam.Questions, stored);
        var used = matches.Values.Select(q => q.Id).ToHashSet();
        var strangers = exam.Questions.Where(q => !matches.ContainsKey(q) && IsComplete(q)).ToList();
        var elsewhere = (await StoredExam.FindAsync([.. strangers.SelectMany(Hashes)], stored?.Id, work)).ToLookup(q => q.Likeness);
        List<QuestionPlan> plans = new(exam.Questions.Count);
        foreach (var question in exam.Questions)
        {
            var found = matches.GetValueOrDefault(question) ?? (!IsComplete(question) ? null
                : elsewhere[Match.LikenessOf(question.Body)].FirstOrDefault(other => !used.Contains(other.Id) && Agree(question, other)));
            used.Add(found?.Id ?? 0);
            var settled = question with { Body = ImportMedia.Settled(question.Body, found?.Body) };
            plans.Add(new(settled, found, found is null ? null : Merge.Of(settled, found, found.IsShared)));
        }

        return plans;
    }

    // Two questions whose pictures are missing may read the same without being the same.
    private static bool IsComplete(ExamQuestion question) => !question.Kind.Faults(ImportMedia.Settled(question.Body, null)).Any();

    // A kind the file only guesses may be stored as another one.
    private static IEnumerable<Guid> Hashes(ExamQuestion question) => question.IsNative ? [QuestionFingerprint.OfContent(question.Kind.Name, question.Body)]
        : QuestionKinds.All.Where(kind => kind.Interaction == question.Kind.Interaction).Select(kind => QuestionFingerprint.OfContent(kind.Name, question.Body));

    // The same words with another key or of another kind are another question: this exam must not change what a different one asks.
    private static bool Agree(ExamQuestion question, StoredQuestion other)
    {
        if (question.IsNative ? question.Kind.Name != other.Kind.Name : question.StatesKind && question.Body.GetType() != other.Body.GetType())
        {
            return false;
        }

        if (question.Body.NeedsKey || other.Body.NeedsKey)
        {
            return true;
        }

        if (question.Body is not ChoiceBody choice || other.Body is not ChoiceBody theirs)
        {
            return QuestionKeys.Written(question.Body) == QuestionKeys.Written(other.Body);
        }

        var ids = MergeChoice.OptionIds(question, theirs);
        return theirs.Key.ToHashSet().SetEquals(choice.Key.Select(id => ids[id]));
    }
}
