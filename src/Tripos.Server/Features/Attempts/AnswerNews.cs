namespace Tripos.Server.Features.Attempts;

/// <summary>An answer of a live session that has just been committed.</summary>
/// <param name="IsEmpty">The learner has taken their answer back.</param>
public sealed record StoredAnswer(Guid SessionId, Guid LearnerId, Guid AttemptId, short Position, bool IsEmpty, DateTimeOffset At);

/// <summary>Tells others in this process of answers the moment they are stored. A hint for whoever shows them; the record is the database.</summary>
public sealed class AnswerNews
{
    /// <summary>Called by the request that stored the answer: handlers must be quick and must not throw.</summary>
    public event Action<StoredAnswer>? Stored;

    public void Tell(StoredAnswer answer) => Stored?.Invoke(answer);
}
