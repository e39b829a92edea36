using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Practice a learner plans for a day; its questions are drawn when it is started.</summary>
public static class PlannedPractice
{
    /// <param name="ScheduledFor">A day of the learner's own time zone.</param>
    public sealed record Row(Guid Id, string Title, DateOnly ScheduledFor, OwnPractice.Plan Plan);

    /// <param name="ScheduledFor">Today or later.</param>
    public sealed record Request(OwnPractice.Plan Plan, DateOnly ScheduledFor);

    private const string OpenSql = "SELECT id, title, scheduled_for, plan::text FROM planned_practice WHERE learner_id = $1 AND attempt_id IS NULL";

    public static async Task<Outcome<Row>> AddAsync(Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        if (request.ScheduledFor < await DrillDays.TodayAsync(connection, learner.Id, clock.GetUtcNow(), ct))
        {
            return PracticeProblems.PlanPast;
        }

        var plan = new Row(Guid.CreateVersion7(), await OwnPractice.TitleAsync(connection, request.Plan, ct), request.ScheduledFor, request.Plan);
        await connection.ExecuteAsync("INSERT INTO planned_practice (id, learner_id, title, plan, scheduled_for, created_at) VALUES ($1, $2, $3, $4::jsonb, $5, $6)", ct,
            plan.Id, learner.Id, plan.Title, JsonSerializer.Serialize(plan.Plan, Json.Options), plan.ScheduledFor, clock.GetUtcNow());
        return plan;
    }

    /// <summary>What is planned and not started, next first.</summary>
    public static Task<List<Row>> ListAsync(CurrentUser learner, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync($"{OpenSql} ORDER BY scheduled_for, id LIMIT 100", Read, ct, learner.Id);

    /// <summary>Starting it twice gives the same attempt.</summary>
    public static async Task<Outcome<StartAttempt.Started>> StartAsync(
        Guid planId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var rows = await connection.QueryAsync("SELECT id, title, scheduled_for, plan::text, attempt_id FROM planned_practice WHERE id = $1 AND learner_id = $2 FOR UPDATE",
            row => (Plan: Read(row), Started: row.Maybe<Guid?>(4)), ct, planId, learner.Id);
        if (rows is not [var (plan, before)])
        {
            return PracticeProblems.NoSuchPlan;
        }

        if (before is { } there)
        {
            return new StartAttempt.Started(there, 1, Resumed: true);
        }

        var started = await OwnPractice.RunAsync(plan.Plan, learner, source, versions, papers, clock, ct, plan.ScheduledFor);
        if (started.Value is { } attempt)
        {
            await connection.ExecuteAsync("UPDATE planned_practice SET attempt_id = $2 WHERE id = $1", ct, planId, attempt.AttemptId);
            await transaction.CommitAsync(ct);
        }

        return started;
    }

    public static async Task<Outcome<Done>> CancelAsync(Guid planId, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct) =>
        await source.ExecuteAsync("DELETE FROM planned_practice WHERE id = $1 AND learner_id = $2 AND attempt_id IS NULL", ct, planId, learner.Id) == 0 ? PracticeProblems.NoSuchPlan : Done.Instance;

    private static Row Read(NpgsqlDataReader row) => new(row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), JsonSerializer.Deserialize<OwnPractice.Plan>(row.GetString(3), Json.Options)!);
}
