using System.Text.Json;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Bench;

/// <summary>One file of samples/evaluation: questions, and answers marked by hand.</summary>
public sealed record SampleFile(string Rubric, string Kind, string? Profile, IReadOnlyList<SampleFile.Question> Questions, IReadOnlyList<SampleFile.Marked> Answers)
{
    public sealed record Question(string Id, string Prompt, string? Passage = null, string? Transcript = null, string? ModelAnswer = null, IReadOnlyList<string>? KeyPoints = null);

    public sealed record Marked(string Id, string Question, string Level, string Part, IReadOnlyDictionary<string, double> Marks, string Text)
    {
        public bool IsHeldOut => Part == "held-out";
    }

    /// <summary>All files, by name.</summary>
    public static IReadOnlyList<SampleFile> All { get; } = [.. Directory.GetFiles(Folder(), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The traits evaluators are asked for: those that rules do not decide.</summary>
    public IReadOnlyList<ProfileTrait> Traits => [.. Scorer.TraitsOf(QuestionKinds.Find(Kind), Body(Questions[0]), ScoringProfiles.Find(Profile ?? "percentage")).Where(trait => trait.Form is null && trait.Spelling is null)];

    public AnswerToJudge ToJudge(Marked answer)
    {
        var question = Questions.First(question => question.Id == answer.Question);
        return new(QuestionKinds.Find(Kind), Body(question), Traits, answer.Text) { Question = $"{question.Prompt}\n{question.Passage}".Trim() };
    }

    private Written Body(Question question) => new()
    {
        Prompt = question.Prompt,
        Passage = question.Passage,
        Transcript = question.Transcript,
        ModelAnswer = question.ModelAnswer,
        KeyPoints = question.KeyPoints ?? [],
        MinWords = Kind switch { "pte-write-essay" => 200, "pte-summarize-spoken-text" => 50, "pte-summarize-written-text" => 5, _ => null },
    };

    private static SampleFile Read(string path) => JsonSerializer.Deserialize<SampleFile>(File.ReadAllText(path), JsonSerializerOptions.Web)!;

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(folder.FullName, "samples", "evaluation")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("samples/evaluation is not above the program.");
        }

        return Path.Combine(folder.FullName, "samples", "evaluation");
    }
}
