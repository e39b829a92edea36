using System.Net;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.MarkingDesks;

namespace Tripos.Server.Tests.Features.Evaluation.Agreement;

public sealed class AgreementPageTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machines_and_people_are_compared_by_trait()
    {
        string empty = await app.As(Tess).GetStringAsync("/marking/agreement", Ct);
        await app.HasTheo();
        var test = await app.HasJudgedTest(plan: new { secondPercent = 100, tolerance = 0 });
        foreach (var (local, model, first, second) in new[] { (4, 4, 4, 4), (1, 2, 2, 3), (0, 1, 0, 0) })
        {
            var attempt = (await app.Writes(Ada, test, Essay)).AttemptId;
            await app.Judges(attempt, EvaluatorKind.Local, local, 1);
            await app.Judges(attempt, EvaluatorKind.Model, model, 1);
            await app.Marks(Tess, attempt, first, 1);
            await app.Marks(Theo, attempt, second, 1, 1);
            if (first != second)
            {
                await app.Marks(Root, attempt, second, 1, 2);
            }
        }

        string page = await app.As(Tess).GetStringAsync("/marking/agreement", Ct);

        Assert.Contains("Nothing to compare yet", empty, StringComparison.Ordinal);
        foreach (string pair in new[] { "Local evaluator and teacher", "Model and teacher", "First marker and second marker", "Local evaluator and model" })
        {
            Assert.Contains($">{pair}</h2>", page, StringComparison.Ordinal);
        }

        Assert.Contains("Essay, the question&#x27;s own rubric", page, StringComparison.Ordinal);
        Assert.Contains("66.7 %", page, StringComparison.Ordinal); // the local evaluator differs from the decision once in three
        Assert.Contains("<svg class=\"confusion\"", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/marking/agreement", Ct)).StatusCode);
    }
}
