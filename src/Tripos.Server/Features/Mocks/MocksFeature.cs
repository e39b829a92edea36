using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Mocks;

/// <summary>Whole tests drawn from the bank as a scoring profile prescribes, and the reports of their scores.</summary>
public static class MocksFeature
{
    public static void MapMocks(this IEndpointRouteBuilder app)
    {
        var mocks = app.MapGroup("/api").WithTags("Mock tests").RequireAuthorization(Policies.SignedIn);
        mocks.MapGet("/mocks", OfferedAsync).WithSummary("The mock tests of each profile, and how many questions the bank has for them");
        mocks.MapPost("/mocks", StartAsync).WithSummary("Start a mock test, a part of one, or practice of one kind");
        mocks.MapGet("/attempts/{attemptId:guid}/report", ReportAsync).WithSummary("Scaled scores, what they are made of and what is missing");
    }

    private static async Task<Ok<List<OfferedMock>>> OfferedAsync(NpgsqlDataSource source, CancellationToken ct) =>
        TypedResults.Ok(await ReadOfferedMocks.RunAsync(source, ct));

    private static async Task<Results<Ok<StartAttempt.Started>, ProblemHttpResult>> StartAsync(
        StartMock.Request request, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, AttemptPapers papers, TimeProvider clock, CancellationToken ct) =>
        (await StartMock.RunAsync(request, user, source, versions, papers, clock, ct)).ToHttp();

    private static async Task<Results<Ok<ReportView>, ProblemHttpResult>> ReportAsync(
        Guid attemptId, CurrentUser user, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        (await ReadReport.RunAsync(attemptId, user, source, versions, clock, ct)).ToHttp();
}
