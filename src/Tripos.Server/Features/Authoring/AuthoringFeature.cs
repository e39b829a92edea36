using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Authoring.Pages;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>The question bank for authors: finding, writing, comparing and judging questions.</summary>
public static class AuthoringFeature
{
    public static IServiceCollection AddAuthoring(this IServiceCollection services) => services
        .AddSchedule("bulk-changes-forgotten", TimeSpan.FromDays(1), (provider, ct) => UndoBulkChange.ForgetAsync(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), ct));

    public static void MapAuthoring(this IEndpointRouteBuilder app)
    {
        app.MapRubrics();
        var pieces = app.MapGroup("/questions").ExcludeFromDescription().RequireAuthorization(Policies.Authors);
        pieces.MapGet("/{questionId:int}/glance", GlanceAsync);
        pieces.MapPost("/preview", PreviewAsync).DisableAntiforgery(); // changes nothing
    }

    /// <summary>One question as the bank shows it beside the list: a piece of a page.</summary>
    private static async Task<Results<RazorComponentResult<QuestionGlance>, ProblemHttpResult>> GlanceAsync(
        int questionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) =>
        await ReadQuestion.RunAsync(questionId, source, versions, ct) is { } question
            ? new RazorComponentResult<QuestionGlance>(new { Question = question })
            : AuthoringProblems.QuestionNotFound.ToHttp();

    /// <summary>What a learner will see of what an author has typed so far: a piece of a page.</summary>
    private static async Task<Results<RazorComponentResult<EditorPreview>, ProblemHttpResult>> PreviewAsync(
        string kind, int? question, HttpRequest request, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        if (!QuestionKinds.TryFind(kind, out var known) || !request.HasFormContentType)
        {
            return AuthoringProblems.UnknownKind.ToHttp();
        }

        var stored = question is { } id ? await ReadQuestion.RunAsync(id, source, versions, ct) : null;
        var library = await ReadLibraryChoices.RunAsync(stored?.Current.Body, source, ct);
        var (body, faults) = BodyForm.Read(EditorForm.From(await request.ReadFormAsync(ct)), known, library.ToDictionary(choice => choice.Media.Hash, choice => choice.Media));
        return new RazorComponentResult<EditorPreview>(new { Kind = known, Body = body, Faults = faults });
    }
}
