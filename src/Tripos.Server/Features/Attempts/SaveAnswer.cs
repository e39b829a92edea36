using System.Text.Json;
using System.Threading.Channels;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Stores a learner's response to one item; acknowledged only after the commit. Sending the same change twice stores it once.</summary>
public static class SaveAnswer
{
    public const int LongestResponse = 64 * 1024;

    /// <param name="Response">JSON in the form of the question's kind, for example <c>{"chosen": ["b"]}</c>.</param>
    /// <param name="Sequence">Per question, 1 for the first change; must be greater than the stored one.</param>
    /// <param name="BasedOn">The stored sequence the learner saw; when given, it must be the stored one.</param>
    /// <param name="ElapsedMs">Time spent on the question so far.</param>
    /// <param name="Confidence">1 (a guess) to 5 (certain).</param>
    /// <param name="Device">Names the browser or app, so that a repeated change can be told from a rival one; at most 64 characters.</param>
    /// <param name="AnsweredAt">When the learner answered, by a clock set to the server's; decides within the grace after the deadline.</param>
    public sealed record Request(string Response, int Sequence, int? BasedOn = null, long? ElapsedMs = null, short? Confidence = null, string? Device = null, DateTimeOffset? AnsweredAt = null);

    /// <summary>The request as it travels; <see cref="SaveAnswerRequest"/> reads it.</summary>
    public sealed record Body(JsonElement Response, int Sequence, int? BasedOn, long? ElapsedMs, short? Confidence, string? Device, DateTimeOffset? AnsweredAt);

    public sealed record Saved(int Position, int Sequence, DateTimeOffset SavedAt);

    public static async Task<Outcome<Saved>> RunAsync(
        Guid attemptId, int position, Request request, CurrentUser learner,
        AttemptPapers papers, QuestionVersions versions, AnswerWriter writer, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var paper = await papers.FindAsync(attemptId, position, ct);
        if (paper is null || paper.LearnerId != learner.Id)
        {
            return AttemptProblems.NotFound;
        }

        if (position < 1 || position > paper.VersionIds.Length)
        {
            return AttemptProblems.NoSuchItem;
        }

        var version = await versions.LoadAsync(paper.VersionIds[position - 1], ct);

        // Decide
        if (FaultOf(version, request.Response) is { } fault)
        {
            return AttemptProblems.BadResponse(position, fault);
        }

        // Write
        var now = clock.GetUtcNow();
        var answeredAt = request.AnsweredAt is { } stamped && stamped < now ? stamped : now;
        var change = new AnswerChange(attemptId, (short)position, request.Sequence, request.BasedOn, request.Response,
            request.Confidence, request.ElapsedMs, request.Device, answeredAt.ToUniversalTime(), now);
        try
        {
            var judged = await writer.StoreAsync(change);
            if (paper.SessionId is { } session && judged.Verdict == ChangeVerdict.Accepted)
            {
                writer.News.Tell(new StoredAnswer(session, learner.Id, attemptId, change.Position, ResponseText.Parse(request.Response) is not { } response || version.Kind.IsEmpty(response), now));
            }

            return Told(change, judged);
        }
        catch (PostgresException failure) when (AnswerWriter.IsFaultOfTheChange(failure))
        {
            return AttemptProblems.BadResponse(position, $"The database cannot store it: {failure.MessageText}.");
        }
        catch (Exception failure) when (failure is NpgsqlException or ChannelClosedException)
        {
            return AttemptProblems.Unavailable; // logged by the writer; the learner's browser keeps the answer and sends it again
        }
    }

    private static string? FaultOf(LoadedVersion version, string response)
    {
        if (response.Length > LongestResponse)
        {
            return $"It is longer than {LongestResponse:N0} characters.";
        }

        using var document = JsonDocument.Parse(response);
        return version.Kind.FaultOf(version.Body, document.RootElement);
    }

    private static Outcome<Saved> Told(AnswerChange change, JudgedChange judged) => judged.Verdict switch
    {
        ChangeVerdict.Accepted => new Saved(change.Position, change.Sequence, change.ReceivedAt),
        ChangeVerdict.Repeated => new Saved(change.Position, change.Sequence, judged.StoredAt ?? change.ReceivedAt),
        ChangeVerdict.Late => judged.DeadlineAt is { } deadline && change.AnsweredAt > deadline ? AttemptProblems.Late(deadline) : AttemptProblems.PartClosed(judged.DeadlineAt),
        ChangeVerdict.Paused => AttemptProblems.Paused,
        ChangeVerdict.Closed => AttemptProblems.Closed(judged.SubmittedAt),
        _ => AttemptProblems.Stale(change.Position, judged),
    };
}
