using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>The review deck: cards made of answers and of learners' own notes, brought back when they are about to be forgotten.</summary>
public static class ReviewFeature
{
    public static IServiceCollection AddReview(this IServiceCollection services) => services
        .AddSingleton<Schemes>()
        .AddSingleton(provider => CardFold.Make(provider.GetRequiredService<Schemes>()))
        .AddSchedule("review-fit", FitWeights.Every, (provider, ct) => FitWeights.RunDueAsync(
            provider.GetRequiredService<Schemes>(), provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), ct));

    public static void MapReview(this IEndpointRouteBuilder app)
    {
        var review = app.MapGroup("/api/review").WithTags("Review deck").RequireAuthorization(Policies.SignedIn);
        review.MapGet("/due", DueAsync).WithSummary("What is due today");
        review.MapPost("/cards", AddAsync).WithSummary("Put a question into your deck whose answer you have seen");
        review.MapPost("/notes", AddNoteAsync).WithSummary("Add a note of your own");
        review.MapPost("/cards/{cardId:long}/reviews", RateAsync).WithSummary("Rate how well you remembered a card");
        review.MapPut("/cards/{cardId:long}/suspension", SuspendAsync).WithSummary("Take a card out of the deck for a while, or put it back");
        review.MapDelete("/cards/{cardId:long}", RemoveAsync).WithSummary("Remove a card with its reviews");
        review.MapDelete("/reviews/last", UndoAsync).WithSummary("Undo your last review of today");
    }

    /// <summary>Today, for whoever asks.</summary>
    internal static LearnerDay Today(HttpContext http, TimeProvider clock) => LearnerDay.Of(ReaderZone.Of(http).Zone, clock.GetUtcNow());

    private static async Task<Ok<ReadDue.Due>> DueAsync(
        HttpContext http, CurrentUser user, Schemes schemes, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        TypedResults.Ok(await ReadDue.RunAsync(user.Id, Today(http, clock), schemes, source, versions, clock, ct));

    private static async Task<Results<Ok<AddCard.Added>, ProblemHttpResult>> AddAsync(AddCard.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await AddCard.RunAsync(request, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<AddNote.Added>, ProblemHttpResult>> AddNoteAsync(AddNote.Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await AddNote.RunAsync(request, user, source, clock, ct)).ToHttp();

    private static async Task<Results<Ok<RateCard.Rated>, ProblemHttpResult>> RateAsync(
        long cardId, RateCard.Request request, HttpContext http, CurrentUser user, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await RateCard.RunAsync(cardId, request, user, Today(http, clock), schemes, source, clock, ct)).ToHttp();

    private static async Task<Results<NoContent, ProblemHttpResult>> SuspendAsync(long cardId, SuspendCard.Request request, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SuspendCard.RunAsync(cardId, request.Suspended, user, source, ct)).ToNoContent();

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long cardId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await SuspendCard.RemoveAsync(cardId, user, source, ct)).ToNoContent();

    private static async Task<Results<Ok<UndoReview.Undone>, ProblemHttpResult>> UndoAsync(
        HttpContext http, CurrentUser user, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        (await UndoReview.RunAsync(user, Today(http, clock), schemes, source, clock, ct)).ToHttp();
}
