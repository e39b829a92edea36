using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What one machine says of an answer, or why it says nothing yet.</summary>
/// <param name="Notice">Told to the learner: why it waits, or what happened instead.</param>
public sealed record MachineWord(EvaluatorKind Evaluator, EvaluationStatus Status, string? ByName, Verdict? Verdict, string? Notice, DateTimeOffset At)
{
    /// <summary>Under the version and the rubric that count now; the latest of each machine, the local one first.</summary>
    internal static async Task<List<MachineWord>> OfAsync(LoadedAnswer answer, string profile, NpgsqlDataSource source, CancellationToken ct)
    {
        var all = await source.QueryAsync("""
            SELECT evaluator, status, by_name, verdict::text, notice, COALESCE(done_at, created_at) FROM evaluations
            WHERE attempt_id = $1 AND position = $2 AND question_version_id = $3 AND profile = $4 ORDER BY id DESC
            """, row => new MachineWord(row.Word<EvaluatorKind>(0), row.Word<EvaluationStatus>(1), row.Maybe<string>(2),
                row.Maybe<string>(3) is { } verdict ? JsonSerializer.Deserialize<Verdict>(verdict, Json.Options) : null, row.Maybe<string>(4), row.Time(5)),
            ct, answer.AttemptId, answer.Position, answer.Version.Id, profile);
        return [.. all.GroupBy(each => each.Evaluator).Select(same => same.FirstOrDefault(each => each.Status != EvaluationStatus.Failed) ?? same.First()).OrderBy(each => each.Evaluator)];
    }
}

/// <summary>One trait of the rubric, as a marker sees it.</summary>
/// <param name="Points">To choose from; empty where the number is typed.</param>
/// <param name="ByRule">What a rule decided, with its reason; null where it is open.</param>
public sealed record TraitToMark(string Name, string Title, double Max, double Weight, string? Guide, double Step, IReadOnlyList<double> Points, TraitScore? ByRule);

/// <summary>What the reader can do with the answer.</summary>
public enum MarkingTask { First, Second, Decide, Change, Wait }

/// <summary>Everything the marking screen shows. What a blind marker must not see is null or empty here.</summary>
/// <param name="Wait">Why the reader cannot mark it now; null where they can.</param>
/// <param name="Marks">Given marks, and those that no longer count.</param>
/// <param name="Draft">What the reader has begun.</param>
public sealed record MarkingView(
    Guid AttemptId, short Position, Guid? TestId, string Title, string? Learner, DateTimeOffset SubmittedAt, string Kind, string KindTitle, int QuestionId, string Question, string? Text, string? Language, string? AudioUrl,
    int? DurationMs, IReadOnlyList<double> Loudness, string? ModelAnswer, IReadOnlyList<string> KeyPoints, IReadOnlyList<TraitToMark> Traits, IReadOnlyList<MachineWord> Recommendations,
    IReadOnlyList<Mark> Marks, Mark? Draft, MarkingState State, int Revision, MarkingTask Task, string? Wait, MarkingPlan Plan, IReadOnlyList<TraitScore> Counts, string? CountsBy)
{
    [JsonIgnore]
    public LoadedVersion Version { get; init; } = null!;

    [JsonIgnore]
    public string Response { get; init; } = "";
}

/// <summary>Reads one answer for a marker, as far as the plan of the test lets them see.</summary>
public static class ReadMarking
{
    private sealed record Standing(MarkingState State, int Revision, string? CountsBy);

    public static async Task<Outcome<MarkingView>> RunAsync(Guid attemptId, int position, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        if (await MarkableAnswer.FindAsync(attemptId, position, source, versions, ct) is not { } answer)
        {
            return MarkingProblems.NotFound;
        }

        if (answer.Answer.LearnerId == teacher.Id)
        {
            return MarkingProblems.Own;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var standing = (await connection.QueryAsync("""
            SELECT COALESCE(m.state, 'unmarked'), COALESCE(m.revision, 0), e.by_name FROM (SELECT $1::uuid AS a, $2::smallint AS p) k
            LEFT JOIN markings m ON m.attempt_id = k.a AND m.position = k.p LEFT JOIN evaluated_answers e ON e.attempt_id = k.a AND e.position = k.p
            """, row => new Standing(row.Word<MarkingState>(0), row.GetInt32(1), row.Maybe<string>(2)), ct, attemptId, (short)position)).Single();
        var marks = await Mark.OfAsync(connection, attemptId, (short)position, ct);
        var machines = await MachineWord.OfAsync(answer.Answer, answer.Profile, source, ct);
        return View(answer, standing, marks, machines, teacher, versions.Resources);
    }

    private static MarkingView View(MarkableAnswer answer, Standing standing, List<Mark> marks, List<MachineWord> machines, CurrentUser teacher, ScoringResources resources)
    {
        var (body, judged) = ((FreeAnswer)answer.Answer.Version.Body, answer.Answer.Judged);
        var rules = answer.ByRules(resources).Where(trait => trait.Score is not null).ToDictionary(trait => trait.Name);
        bool isDecided = standing.State == MarkingState.Decided;
        bool hides = answer.Plan.Blind && !isDecided;
        bool seesMarks = !hides || standing.State == MarkingState.Disagree;
        var task = TaskOf(standing.State, marks.Any(mark => mark.Status == MarkStatus.Given && mark.MarkerId == teacher.Id));
        return new MarkingView(
            answer.Answer.AttemptId, answer.Answer.Position, answer.TestId, answer.Title, answer.Plan.Blind ? null : answer.LearnerName, answer.SubmittedAt,
            answer.Answer.Version.Kind.Name, answer.Answer.Version.Kind.Title, answer.Answer.Version.QuestionId, judged.Question, judged.Text, (body as CodeAnswer)?.Language,
            answer.Answer.RecordingId is { } recording ? $"/api/attempts/{answer.Answer.AttemptId}/recordings/{recording}/audio" : null, answer.Answer.DurationMs,
            machines.Select(machine => machine.Verdict?.Heard?.Loudness).OfType<IReadOnlyList<double>>().FirstOrDefault() ?? [], body.ModelAnswer, body.KeyPoints,
            [.. answer.Traits.Select(trait => new TraitToMark(trait.Name, trait.Title, trait.Max, trait.Weight, trait.Guide, MarkingRules.StepOf(trait.Max), MarkingRules.PointsOf(trait.Max), rules.GetValueOrDefault(trait.Name)))],
            hides ? [] : machines, [.. marks.Where(mark => mark.Status != MarkStatus.Draft && (seesMarks || mark.MarkerId == teacher.Id)).Select(mark => answer.Plan.Blind ? Nameless(mark, teacher) : mark)],
            marks.Find(mark => mark.Status == MarkStatus.Draft && mark.MarkerId == teacher.Id), standing.State, standing.Revision, task, WaitOf(task), answer.Plan, hides ? [] : answer.Now, hides ? null : standing.CountsBy)
        {
            Version = answer.Answer.Version,
            Response = answer.Response,
        };
    }

    private static MarkingTask TaskOf(MarkingState state, bool hasMarked) => state switch
    {
        MarkingState.Unmarked => MarkingTask.First,
        MarkingState.Second => hasMarked ? MarkingTask.First : MarkingTask.Second,
        MarkingState.Disagree => hasMarked ? MarkingTask.Wait : MarkingTask.Decide,
        _ => MarkingTask.Change,
    };

    private static string? WaitOf(MarkingTask task) => task == MarkingTask.Wait ? "You have marked this answer, and another mark differs from yours by more than this test allows. A third person decides." : null;

    private static Mark Nameless(Mark mark, CurrentUser teacher) => mark with { Marker = mark.MarkerId == teacher.Id ? mark.Marker : "Another teacher", MarkerId = mark.MarkerId == teacher.Id ? mark.MarkerId : Guid.Empty, EndedBy = null };
}
