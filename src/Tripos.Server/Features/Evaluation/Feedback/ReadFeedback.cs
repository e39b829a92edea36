using System.Text.Json.Serialization;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A trait with what it earned and who gave it.</summary>
/// <param name="By"><c>rule</c>, <c>local</c>, <c>model</c> or <c>teacher</c>; null while it is open.</param>
public sealed record TraitResult(string Name, string Title, double? Score, double Max, string? By, string? Why);

/// <summary>What a teacher decided, without what teachers keep among themselves.</summary>
public sealed record TeachersWord(string By, DateTimeOffset At, IReadOnlyList<string> Summaries, IReadOnlyList<MarkComment> Comments);

/// <summary>How one free answer was evaluated, as far as the test shows it.</summary>
/// <param name="Withheld">Why nothing of it is shown; null when it is.</param>
/// <param name="Points">Of the item so far.</param>
/// <param name="Teacher">Null while no teacher has decided.</param>
/// <param name="Recommendations">What the machines say, whether it counts or not.</param>
/// <param name="AwaitsTeacher">Only a teacher's word counts in this test, and none has spoken yet.</param>
public sealed record FeedbackView(
    Guid AttemptId, int Position, Guid LearnerId, string Title, string KindTitle, string? Withheld, string? Text, string? Language, string? AudioUrl, int? DurationMs, IReadOnlyList<double> Loudness,
    float? Points, float PointsMax, float? PointsOpen, IReadOnlyList<TraitResult> Traits, string? CountsBy, TeachersWord? Teacher, IReadOnlyList<MachineWord> Recommendations, bool AwaitsTeacher,
    string? ModelAnswer, IReadOnlyList<string> KeyPoints)
{
    [JsonIgnore]
    public LoadedVersion Version { get; init; } = null!;

    [JsonIgnore]
    public string Response { get; init; } = "";
}

/// <summary>Reads how an answer was evaluated, for its learner and for teachers, under the rules that show or withhold the review.</summary>
public static class ReadFeedback
{
    private const string NotShown = "This test does not show how its answers were scored.";

    private sealed record Decided(string By, DateTimeOffset At, List<Mark> Marks);

    public static async Task<Outcome<FeedbackView>> RunAsync(
        Guid attemptId, int position, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        if (await ResultRows.LoadAsync(attemptId, reader, source, ct) is not { } rows || rows.Items.FirstOrDefault(item => item.Position == position) is not { } item)
        {
            return AttemptProblems.NotFound;
        }

        if (rows.Header.SubmittedAt is null)
        {
            return new Problem("attempt-open", 409, "This attempt is not finished", "Submit it to see how its answers were evaluated.");
        }

        var seen = await versions.LoadAsync(item.VersionId, ct);
        var disclosure = Disclosure.Of(rows.Header, reader, clock.GetUtcNow());
        if ((disclosure.Withheld ?? (disclosure.Correctness ? null : NotShown)) is { } withheld)
        {
            return Empty(rows.Header, item, seen) with { Withheld = withheld };
        }

        return await MarkableAnswer.FindAsync(attemptId, position, source, versions, ct) is { } answer
            ? View(rows.Header, item, answer, await MachineWord.OfAsync(answer.Answer, answer.Profile, source, ct), await DecidedAsync(attemptId, (short)position, source, ct), disclosure, reader)
            : AttemptProblems.NoSuchItem;
    }

    private static FeedbackView Empty(ResultRows.Attempt attempt, ResultRows.Item item, LoadedVersion version) => new(
        attempt.AttemptId, item.Position, attempt.LearnerId, attempt.Title, version.Kind.Title, null, null, null, null, null, [], null, item.PointsMax, null, [], null, null, [], false, null, []) { Version = version };

    private static FeedbackView View(
        ResultRows.Attempt attempt, ResultRows.Item item, MarkableAnswer answer, List<MachineWord> machines, Decided? decided, Disclosure disclosure, CurrentUser reader)
    {
        var body = (FreeAnswer)answer.Answer.Version.Body;
        var (titles, recording) = (answer.Traits.ToDictionary(trait => trait.Name, trait => trait.Title), answer.Answer.RecordingId);
        bool awaits = answer.OnlyTeachersCount && decided is null;
        return Empty(attempt, item, answer.Answer.Version) with
        {
            Text = answer.Answer.Judged.Text,
            Language = (body as CodeAnswer)?.Language,
            AudioUrl = recording is null ? null : $"/api/attempts/{attempt.AttemptId}/recordings/{recording}/audio",
            DurationMs = answer.Answer.DurationMs,
            Loudness = machines.Select(machine => machine.Verdict?.Heard?.Loudness).OfType<IReadOnlyList<double>>().FirstOrDefault() ?? [],
            Points = item.Points,
            PointsOpen = item.PointsOpen,
            Traits = [.. answer.Now.Select(trait => new TraitResult(trait.Name, titles.GetValueOrDefault(trait.Name, trait.Name), trait.Score, trait.Max, trait.By ?? (trait.Score is null ? null : "rule"), trait.Why))],
            CountsBy = decided?.By ?? machines.LastOrDefault(machine => machine.Verdict is not null && answer.Now.Any(trait => trait.By == EvaluationQueue.Word(machine.Evaluator)))?.ByName,
            Teacher = decided is null ? null : new TeachersWord(decided.By, decided.At, [.. decided.Marks.Select(mark => mark.Summary).Where(text => text.Length > 0)], [.. decided.Marks.SelectMany(mark => mark.Comments)]),
            Recommendations = awaits && reader.Id == attempt.LearnerId ? [] : machines,
            AwaitsTeacher = awaits,
            ModelAnswer = disclosure.Answers ? body.ModelAnswer : null,
            KeyPoints = disclosure.Answers ? body.KeyPoints : [],
            Response = answer.Response,
        };
    }

    // The words of those whose points count: of the one who decided, else of all who marked.
    private static async Task<Decided?> DecidedAsync(Guid attemptId, short position, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var counting = await connection.QueryAsync("SELECT by_name, decided_at FROM evaluated_answers WHERE attempt_id = $1 AND position = $2 AND evaluator = 'teacher'",
            row => (By: row.GetString(0), At: row.Time(1)), ct, attemptId, position);
        if (counting is not [var (by, at)])
        {
            return null;
        }

        var given = (await Mark.OfAsync(connection, attemptId, position, ct)).FindAll(mark => mark.Status == MarkStatus.Given);
        return new Decided(by, at, given.Find(mark => mark.Part == MarkPart.Decision) is { } decision ? [decision] : given);
    }
}
