using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Interchange;

/// <summary>Says which stored question each question of a file is. Pure; every stored question is used at most once.</summary>
internal static class Match
{
    /// <summary>Hash of what a learner reads, the same for one question whether it is single or multiple choice.</summary>
    public static Guid LikenessOf(QuestionBody body) => QuestionFingerprint.OfContent(body is ChoiceBody ? "choice" : body.GetType().Name, body);

    /// <summary>In order of trust: same content (ids may be renumbered by whoever shuffled the file), same id, same prompt.</summary>
    public static Dictionary<ExamQuestion, StoredQuestion> Of(IReadOnlyList<ExamQuestion> incoming, StoredExam stored)
    {
        Dictionary<ExamQuestion, StoredQuestion> matches = new(ReferenceEqualityComparer.Instance);
        HashSet<int> used = [];
        void Take(ExamQuestion question, StoredQuestion? found)
        {
            if (found is not null && !matches.ContainsKey(question) && used.Add(found.Id))
            {
                matches.Add(question, found);
            }
        }

        StoredQuestion? ById(ExamQuestion question) =>
            question.ExternalId is { } id && stored.References.TryGetValue(id, out int found) ? stored.Questions.GetValueOrDefault(found) : null;

        var likeness = incoming.ToDictionary(q => q, q => LikenessOf(q.Body), (IEqualityComparer<ExamQuestion>)ReferenceEqualityComparer.Instance);
        foreach (var question in incoming.Where(q => ById(q)?.Likeness == likeness[q]))
        {
            Take(question, ById(question));
        }

        var alike = stored.Questions.Values.ToLookup(q => q.Likeness);
        foreach (var question in incoming)
        {
            Take(question, alike[likeness[question]].FirstOrDefault(q => !used.Contains(q.Id)));
        }

        foreach (var question in incoming)
        {
            Take(question, ById(question));
        }

        var prompts = stored.Questions.Values.ToLookup(q => q.PromptHash);
        foreach (var question in incoming.Where(q => !matches.ContainsKey(q)))
        {
            var left = prompts[QuestionFingerprint.OfPrompt(question.Body)].Where(q => !used.Contains(q.Id)).Take(2).ToList();
            Take(question, left.Count == 1 ? left[0] : null);
        }

        return matches;
    }

    /// <summary>How many questions of a file are those of a test, from 0 to 1: they read the same, or have the same id and prompt (a picture may be missing).</summary>
    public static double Overlap(IReadOnlyList<ExamQuestion> incoming, StoredExam stored)
    {
        var known = stored.Questions.Values.Select(q => q.Likeness).ToHashSet();
        return incoming.Count(q => known.Contains(LikenessOf(q.Body)) || HasIdAndPrompt(q)) / (double)incoming.Count;

        bool HasIdAndPrompt(ExamQuestion question) => question.ExternalId is { } id && stored.References.TryGetValue(id, out int found)
            && stored.Questions.GetValueOrDefault(found)?.PromptHash == QuestionFingerprint.OfPrompt(question.Body);
    }
}
