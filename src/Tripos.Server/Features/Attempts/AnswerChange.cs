namespace Tripos.Server.Features.Attempts;

/// <summary>One change of one answer, on its way to the database.</summary>
/// <param name="Sequence">The learner's number for this change; must exceed the stored one.</param>
/// <param name="BasedOn">The stored number the learner saw; null trusts <paramref name="Sequence"/> alone.</param>
/// <param name="Response">JSON.</param>
/// <param name="AnsweredAt">When the learner answered, by their clock set to ours; not after <paramref name="ReceivedAt"/>.</param>
public sealed record AnswerChange(
    Guid AttemptId, short Position, int Sequence, int? BasedOn, string Response, short? Confidence, long? ElapsedMs,
    string? Device, DateTimeOffset AnsweredAt, DateTimeOffset ReceivedAt);

public enum ChangeVerdict
{
    /// <summary>Stored, and committed.</summary>
    Accepted,

    /// <summary>The very same change was stored before.</summary>
    Repeated,

    /// <summary>What is stored is newer.</summary>
    Stale,

    /// <summary>The attempt is over.</summary>
    Closed,

    /// <summary>The time was up.</summary>
    Late,

    /// <summary>Given while the attempt was paused; the learner sends it again afterwards.</summary>
    Paused,

    /// <summary>Not judged: another transaction holds the attempt, which is being submitted or regraded.</summary>
    Locked,
}

/// <summary>What became of a change. The stored values are those before it, and null when it was accepted.</summary>
public readonly record struct JudgedChange(
    ChangeVerdict Verdict, int StoredSequence = 0, string? StoredResponse = null, short? StoredConfidence = null, DateTimeOffset? StoredAt = null, DateTimeOffset? DeadlineAt = null, DateTimeOffset? SubmittedAt = null);
