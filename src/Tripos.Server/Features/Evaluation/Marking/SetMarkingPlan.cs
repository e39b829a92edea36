using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Says how the free answers of a test are marked from now on. What is marked already stays as it is.</summary>
public static class SetMarkingPlan
{
    public static async Task<Outcome<MarkingPlan>> RunAsync(Guid testId, MarkingPlan plan, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if (plan.SecondPercent is < 0 or > 100 || plan.Tolerance is not (>= 0 and <= 1000))
        {
            return MarkingProblems.BadPlan("The share of answers that are marked twice is 0 to 100 percent; two marks may differ by 0 to 1000 points.");
        }

        int kept = await source.ExecuteAsync("""
            INSERT INTO marking_plans (test_id, blind, second_percent, tolerance, changed_by, changed_at) SELECT id, $2, $3, $4, $5, $6 FROM tests WHERE id = $1
            ON CONFLICT (test_id) DO UPDATE SET blind = excluded.blind, second_percent = excluded.second_percent, tolerance = excluded.tolerance, changed_by = excluded.changed_by, changed_at = excluded.changed_at
            """, ct, testId, plan.Blind, (short)plan.SecondPercent, (float)plan.Tolerance, teacher.Id, clock.GetUtcNow());
        return kept == 0 ? MarkingProblems.TestNotFound : plan;
    }
}
