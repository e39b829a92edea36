using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>Reads learners with their review cards, where this database has a review deck.</summary>
public sealed class ReviewDeck
{
    private bool _exists;

    internal async Task<PracticeLearner> ReadLearnerAsync(NpgsqlConnection connection, PracticeSession session, DateTimeOffset now, CancellationToken ct)
    {
        _exists = _exists || (await connection.QueryAsync("SELECT to_regclass('review_cards') IS NOT NULL", row => row.GetBoolean(0), ct))[0];
        return await ReadPracticeLearner.RunAsync(connection, session.LearnerId, session.AttemptId, _exists, now, ct);
    }
}
