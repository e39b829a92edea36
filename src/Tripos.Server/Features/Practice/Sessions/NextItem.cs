using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>The question a session is at: the open one, else a new one that is chosen now. Asking again gives the same.</summary>
public sealed class NextItem(NpgsqlDataSource source, PracticeItems items, QuestionVersions versions, Predictor predictor, FoldRunner folds, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    private const int Tries = 4; // a question may be retired, or chosen in another tab, in this moment

    /// <param name="Session">As it is now.</param>
    /// <param name="Over">Why no question follows; null while one is open.</param>
    public sealed record Turn(PracticeSession Session, SessionEnd? Over);

    /// <param name="attemptId">An open session of the learner.</param>
    public async Task<Outcome<Turn>> RunAsync(Guid attemptId, CurrentUser learner, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        PracticeSession? session = null;
        for (int tries = 0; tries < Tries; tries++)
        {
            session = await PracticeSession.FindAsync(connection, attemptId, learner.Id, ct);
            if (session is null)
            {
                return PracticeProblems.NoSuchSession;
            }

            if (!session.IsOpen)
            {
                return AttemptProblems.Closed(session.SubmittedAt);
            }

            if (!session.LastClosed)
            {
                return new Turn(session, null);
            }

            var (chosen, over) = await ChooseAsync(connection, session, ct);
            if (chosen is null && session.ItemCount == 0)
            {
                return await ForgetAsync(connection, attemptId, ct);
            }

            if (chosen is null || await AppendAsync(connection, session, chosen, ct))
            {
                return chosen is null ? new Turn(session, over) : new Turn(session with { ItemCount = (short)(session.ItemCount + 1), LastClosed = false }, null);
            }
        }

        return new Turn(session!, new SessionEnd("no_items", null, null));
    }

    // Nothing happened in it: it would only stand in the learner's way.
    private static async Task<Problem> ForgetAsync(NpgsqlConnection connection, Guid attemptId, CancellationToken ct)
    {
        await connection.ExecuteAsync("DELETE FROM attempts WHERE id = $1 AND item_count = 0", ct, attemptId);
        return PracticeProblems.NothingLeft;
    }

    private async Task<(Chosen? Chosen, SessionEnd? Over)> ChooseAsync(NpgsqlConnection connection, PracticeSession session, CancellationToken ct)
    {
        var catalogue = await items.GetAsync(ct);
        if (session.Kind == PracticeKind.Level)
        {
            return LevelBank.Next(session, catalogue, await LevelAnswers.ReadAsync(connection, session.AttemptId, ct), await ReadPracticeLearner.RunAsync(connection, session.LearnerId, session.AttemptId, clock.GetUtcNow(), ct), items.ExposureShare);
        }

        if (session.IsFull)
        {
            return (null, new SessionEnd("done", null, null));
        }

        if (session is { Kind: PracticeKind.Placement, ItemCount: > 0 })
        {
            await folds.WaitForAsync(session.AttemptId, session.ItemCount, Patience, ct); // it follows the last answer
        }

        var now = clock.GetUtcNow();
        var learner = await ReadPracticeLearner.RunAsync(connection, session.LearnerId, session.AttemptId, now, ct);
        var chosen = await ChooseItem.RunAsync(session, catalogue, learner, items.ExposureShare, predictor, now, ct);
        return (chosen, chosen is null ? new SessionEnd("no_items", null, null) : null);
    }

    private async Task<bool> AppendAsync(NpgsqlConnection connection, PracticeSession session, Chosen chosen, CancellationToken ct)
    {
        short position = (short)(session.ItemCount + 1);
        var version = await versions.LoadAsync(chosen.Item.VersionId, ct);
        await using var batch = new NpgsqlBatch(connection); // one transaction: a question and why it was chosen
        batch.WithNextItem(session.AttemptId, position, chosen.Item.QuestionId, GradeAttempt.PointsOf(version, ScoringProfiles.Percentage, 1));
        chosen.Store(batch, session.AttemptId, position, session.LearnerId, clock.GetUtcNow());
        if (await batch.ExecuteScalarAsync(ct) is null)
        {
            await items.RefreshAsync(ct);
            return false;
        }

        items.Count(chosen.Item.QuestionId);
        return true;
    }
}
