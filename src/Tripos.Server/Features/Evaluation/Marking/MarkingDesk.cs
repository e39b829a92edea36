using System.Text.Json;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>The marking of one answer, locked until the transaction ends.</summary>
internal sealed record MarkingDesk(NpgsqlConnection Connection, MarkableAnswer Answer, MarkingState State, int Revision, IReadOnlyList<Mark> Marks)
{
    public Guid AttemptId => Answer.Answer.AttemptId;
    public short Position => Answer.Answer.Position;

    /// <summary>The marks that count.</summary>
    public List<Mark> Given => [.. Marks.Where(mark => mark.Status == MarkStatus.Given)];

    /// <summary>Whose doing the latest change was.</summary>
    public string? LastMarker => Marks.Where(mark => mark.Status != MarkStatus.Draft).MaxBy(mark => mark.EndedAt ?? mark.GivenAt) is { } last ? last.EndedBy ?? last.Marker : null;

    public static async Task<MarkingDesk> LockAsync(NpgsqlConnection connection, MarkableAnswer answer, CancellationToken ct)
    {
        var (attemptId, position) = (answer.Answer.AttemptId, answer.Answer.Position);
        await connection.ExecuteAsync("INSERT INTO markings (attempt_id, position) VALUES ($1, $2) ON CONFLICT DO NOTHING", ct, attemptId, position);
        var (state, revision) = (await connection.QueryAsync("SELECT state, revision FROM markings WHERE attempt_id = $1 AND position = $2 FOR UPDATE",
            row => (row.Word<MarkingState>(0), row.GetInt32(1)), ct, attemptId, position)).Single();
        return new MarkingDesk(connection, answer, state, revision, await Mark.OfAsync(connection, attemptId, position, ct));
    }

    /// <summary>Works out from the given marks where the answer stands now, and makes it count.</summary>
    public async Task<MarkingState> SettleAsync(QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        var given = (await Mark.OfAsync(Connection, AttemptId, Position, ct)).FindAll(mark => mark.Status == MarkStatus.Given);
        var (state, decided) = MarkingRules.Settle(given, Answer.Plan, MarkingRules.WantsSecond(Answer.Plan, AttemptId, Position));
        await Connection.ExecuteAsync("UPDATE markings SET state = $3, revision = revision + 1, traits = $4::jsonb, decided_at = $5 WHERE attempt_id = $1 AND position = $2",
            ct, AttemptId, Position, AppDb.SnakeCase(state.ToString()), decided is null ? null : JsonSerializer.Serialize(decided, Json.Options), decided is null ? (DateTimeOffset?)null : now);
        if (decided is not null)
        {
            await StoreEvaluated.RunAsync(Connection, AttemptId, Position, new Judgement(EvaluatorKind.Teacher, NameOf(given), Overriding(decided, versions)), versions, now, ct);
        }
        else if (State == MarkingState.Decided)
        {
            await FallBackAsync(versions, now, ct);
        }

        return state;
    }

    private string NameOf(List<Mark> given) => Answer.Plan.Blind ? "a teacher"
        : given.Find(mark => mark.Part == MarkPart.Decision) is { } decision ? decision.Marker
        : string.Join(" and ", given.OrderBy(mark => mark.Part).Select(mark => mark.Marker));

    // What rules decided stays theirs where the teacher left all of it as it was.
    private IReadOnlyList<TraitScore> Overriding(IReadOnlyList<TraitScore> decided, QuestionVersions versions)
    {
        var rules = Answer.ByRules(versions.Resources).Where(trait => trait.Score is not null).ToDictionary(trait => trait.Name);
        bool leavesThem = decided.All(trait => !rules.TryGetValue(trait.Name, out var rule) || (rule.Score == trait.Score && trait.Why is null));
        return leavesThem ? [.. decided.Where(trait => !rules.ContainsKey(trait.Name))] : decided;
    }

    // No teacher decides any more: the best of the machines does, where the test lets it.
    private async Task FallBackAsync(QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        if (await Recommendations.BestAsync(Connection, AttemptId, Position, ct) is not { } best
            || !await StoreEvaluated.RunAsync(Connection, AttemptId, Position, best, versions, now, ct, takesBack: true))
        {
            await StoreEvaluated.RunAsync(Connection, AttemptId, Position, null, versions, now, ct, takesBack: true);
        }
    }
}
