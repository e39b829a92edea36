using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>One shared answer, for whom it is visible to; to everybody else it does not exist.</summary>
public static class FindSharedAnswer
{
    public static async Task<Outcome<SharedAnswer>> RunAsync(Guid id, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        await VisibleAsync(id, reader, source, versions, clock, ct) is { } row ? row.View : SharedAnswerProblems.NotFound;

    public static async Task<Outcome<StoredContent>> AudioAsync(Guid id, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        await VisibleAsync(id, reader, source, versions, clock, ct) is { } row && AnswerContent.RecordingOf(row.Response) is { } recording
            ? await ReadAudio.OfTakeAsync(row.AttemptId, recording, source, ct)
            : SharedAnswerProblems.NotFound;

    /// <returns>Null when there is none that this reader may see.</returns>
    internal static async Task<SharedAnswerRow?> VisibleAsync(Guid id, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var found = await SharedAnswerRow.QueryAsync("WHERE s.id = $2", reader, source, clock.GetUtcNow(), ct, id);
        if (found is not [{ View.Status: not SharedStatus.Withdrawn } row])
        {
            return null;
        }

        if (row.View.IsMine)
        {
            return row;
        }

        var access = await AnswersAccess.LoadAsync(row.View.QuestionId, reader, source, versions, clock, ct);
        return access is { Curates: true } || (access is { MayRead: true } && row.View.Status == SharedStatus.Visible) ? row : null;
    }
}
