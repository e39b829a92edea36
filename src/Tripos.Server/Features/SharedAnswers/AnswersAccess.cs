using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>What somebody may do with the answers shared on one question.</summary>
/// <param name="Version">The question as it is now.</param>
/// <param name="Curates">May hide answers, decide reports and switch sharing: teachers, moderators, administrators and the question's author.</param>
/// <param name="Own">The reader's own answers to it: first answer, then compare. Authors, who see every key anyway, need none.</param>
public sealed record AnswersAccess(int QuestionId, LoadedVersion Version, AnswerSharing Sharing, bool Curates, IReadOnlyList<OwnAnswer> Own)
{
    /// <summary>Others' answers may be seen.</summary>
    public bool MayRead => Curates || Sharing == AnswerSharing.On;

    /// <returns>Null when there is no such question, it is not answered freely, or the reader has no business with it.</returns>
    public static async Task<AnswersAccess?> LoadAsync(int questionId, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var found = await source.QueryAsync("SELECT current_version_id, sharing, created_by FROM questions WHERE id = $1 AND current_version_id IS NOT NULL",
            row => (VersionId: row.GetInt32(0), Sharing: row.Word<AnswerSharing>(1), Author: row.Maybe<Guid?>(2)), ct, questionId);
        if (found is not [var question] || await versions.LoadAsync(question.VersionId, ct) is not { Body: FreeAnswer } version)
        {
            return null;
        }

        bool curates = MayCurate(reader, question.Author);
        var own = await OwnAnswer.ComparableAsync(questionId, reader, source, versions, clock.GetUtcNow(), ct);
        return curates || reader.IsAuthor || own.Count > 0 ? new AnswersAccess(questionId, version, question.Sharing, curates, own) : null;
    }

    public static bool MayCurate(CurrentUser user, Guid? author) => CuratesAll(user) || (user.IsAuthor && author == user.Id);

    public static bool CuratesAll(CurrentUser user) => user.IsTeacher || user.IsModerator || user.IsAdmin;
}
