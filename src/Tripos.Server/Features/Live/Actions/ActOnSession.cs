using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What a teacher does during a session, to one learner, some, or all: the effect, the audit row and the receipts in one transaction.</summary>
public static class ActOnSession
{
    private const long ShortestExtraMs = 10_000;
    private const long LongestExtraMs = 3 * 3_600_000;
    private const int LongestText = 1000;

    public enum Kind { Message, Pause, Resume, ExtraTime, Submit, Remove, Readmit }

    /// <param name="LearnerIds">Null for everybody who takes part.</param>
    /// <param name="Text">Of a message.</param>
    /// <param name="Ms">Of extra time.</param>
    public sealed record Request(Kind Kind, Guid[]? LearnerIds = null, string? Text = null, long? Ms = null);

    /// <param name="Learners">Whom it concerned.</param>
    public sealed record Acted(Guid Id, int Learners);

    private sealed record Participant(Guid LearnerId, Guid? AttemptId, AttemptStatus? Status, bool IsRemoved)
    {
        public bool IsWorking => Status is AttemptStatus.InProgress or AttemptStatus.Paused;
    }

    public static async Task<Outcome<Acted>> RunAsync(Guid sessionId, Request request, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await LiveSession.LockAsync(connection, sessionId, ct) is not { } session || !session.IsRunBy(teacher))
        {
            return LiveProblems.NotFound;
        }

        var all = await connection.QueryAsync("SELECT p.learner_id, p.attempt_id, a.status, p.removed_at IS NOT NULL FROM live_participants p LEFT JOIN attempts a ON a.id = p.attempt_id WHERE p.session_id = $1",
            row => new Participant(row.GetGuid(0), row.Maybe<Guid?>(1), row.IsDBNull(2) ? null : row.Word<AttemptStatus>(2), row.GetBoolean(3)), ct, sessionId);

        // Decide
        if ((FaultOf(request) ?? ReasonAgainst(request, session) ?? Stranger(request, all)) is { } problem)
        {
            return problem;
        }

        var meant = request.LearnerIds is { } some ? all.Where(each => some.Contains(each.LearnerId)).ToList() : all;

        // Write
        var now = clock.GetUtcNow();
        var concerned = await ApplyAsync(connection, session, request, meant, now, ct);
        var action = new LiveAudit.Action(sessionId, teacher.Id, KindOf(request.Kind), request.LearnerIds is null, new { request.Text, request.Ms }, now);
        await LiveAudit.AddAsync(connection, action, concerned, ct);
        await transaction.CommitAsync(ct);
        if (request.Kind is Kind.Submit or Kind.Remove)
        {
            await CompleteSession.WaitForLastWordsAsync(clock);
            await CompleteSession.SubmitAsync(meant.Where(each => each.IsWorking).Select(each => each.AttemptId!.Value), source, versions, clock, CancellationToken.None); // decided, whoever asked may be gone
        }

        return new Acted(action.Id, concerned.Count);
    }

    private static Problem? FaultOf(Request request) => request switch
    {
        { Kind: Kind.Message } when string.IsNullOrWhiteSpace(request.Text) => LiveProblems.BadAction("A message needs a text."),
        { Kind: Kind.Message, Text.Length: > LongestText } => LiveProblems.BadAction($"A message has at most {LongestText} characters."),
        { Kind: Kind.ExtraTime, Ms: not (>= ShortestExtraMs and <= LongestExtraMs) } => LiveProblems.BadAction("Extra time needs ms: from 10 seconds to 3 hours."),
        { Kind: Kind.Submit or Kind.Remove or Kind.Readmit, LearnerIds: null } => LiveProblems.BadAction("Name the learners in learnerIds. To submit for everybody, end the session."),
        { LearnerIds: [] } => LiveProblems.BadAction("learnerIds is empty. Leave it out to mean everybody."),
        _ => null,
    };

    private static Problem? ReasonAgainst(Request request, LiveSession session) => request.Kind switch
    {
        Kind.Message or Kind.Remove or Kind.Readmit => session.IsOpen ? null : LiveProblems.NotRunning(session),
        _ when session.Status != SessionStatus.InProgress => LiveProblems.NotRunning(session),
        Kind.ExtraTime when session.DeadlineAt is null => LiveProblems.NoLimit,
        Kind.Resume when session.PausedAt is not null && request.LearnerIds is not null => LiveProblems.AllPaused,
        _ => null,
    };

    private static Problem? Stranger(Request request, List<Participant> all) =>
        request.LearnerIds?.Where(id => all.All(each => each.LearnerId != id)).Select(LiveProblems.NoSuchParticipant).FirstOrDefault();

    private static async Task<List<LiveAudit.Concerned>> ApplyAsync(NpgsqlConnection connection, LiveSession session, Request request, List<Participant> meant, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] attempts = [.. meant.Select(each => each.AttemptId).OfType<Guid>()];
        bool everybody = request.LearnerIds is null;
        switch (request.Kind)
        {
            case Kind.Message:
                return [.. meant.Where(each => !each.IsRemoved).Select(each => new LiveAudit.Concerned(each.LearnerId))];
            case Kind.Pause:
                await WriteSessionAsync(connection, everybody && session.PausedAt is null, "paused_at = $2", ct, session.Id, now);
                return Told(await AttemptClock.PauseAsync(connection, attempts, now, ct));
            case Kind.Resume:
                await WriteSessionAsync(connection, everybody && session.PausedAt is not null, "deadline_at = deadline_at + ($2 - paused_at), paused_at = NULL", ct, session.Id, now);
                return Told(await AttemptClock.ResumeAsync(connection, attempts, now, ct));
            case Kind.ExtraTime:
                await WriteSessionAsync(connection, everybody, "deadline_at = deadline_at + $2 * interval '1 ms'", ct, session.Id, request.Ms);
                return Told(await AttemptClock.ExtendAsync(connection, attempts, request.Ms!.Value, ct));
            case Kind.Submit:
                return [.. meant.Where(each => each.IsWorking).Select(each => new LiveAudit.Concerned(each.LearnerId))];
            default:
                await connection.ExecuteAsync("UPDATE live_participants SET removed_at = $3::timestamptz WHERE session_id = $1 AND learner_id = ANY ($2)",
                    ct, session.Id, meant.Select(each => each.LearnerId).ToArray(), request.Kind == Kind.Remove ? now : null);
                return [.. meant.Select(each => new LiveAudit.Concerned(each.LearnerId))];
        }
    }

    private static Task WriteSessionAsync(NpgsqlConnection connection, bool changes, string assignment, CancellationToken ct, params object?[] values) =>
        changes ? Transition.WriteAsync(connection, assignment, ct, values) : Task.CompletedTask;

    private static List<LiveAudit.Concerned> Told(List<AttemptClock.Touched> touched) => [.. touched.Select(each => new LiveAudit.Concerned(each.LearnerId, each.DeadlineAt))];

    private static LiveActionKind KindOf(Kind kind) => kind switch
    {
        Kind.Message => LiveActionKind.Message,
        Kind.Pause => LiveActionKind.Paused,
        Kind.Resume => LiveActionKind.Resumed,
        Kind.ExtraTime => LiveActionKind.ExtraTime,
        Kind.Submit => LiveActionKind.Submitted,
        Kind.Remove => LiveActionKind.Removed,
        _ => LiveActionKind.Readmitted,
    };
}
