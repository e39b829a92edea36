namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>How many credits a day somebody is given.</summary>
public enum MembershipLevel { Free, Pro, Premium }

public static class MembershipLevels
{
    extension(MembershipLevel level)
    {
        /// <summary>Credits a day; null for as many as are needed.</summary>
        public int? PerDay => level switch
        {
            MembershipLevel.Free => 4,
            MembershipLevel.Pro => 50,
            _ => null,
        };
    }
}

/// <summary>What somebody can spend.</summary>
/// <param name="Daily">Left of today's; gone when the day is over.</param>
/// <param name="Extra">Given by an administrator; stays until it is used.</param>
/// <param name="Held">Reserved for evaluations that are still to be done.</param>
/// <param name="Unlimited">Reserving never fails for want of credits.</param>
/// <param name="NextGrantAt">When daily credits are given the next time.</param>
public sealed record CreditBalance(MembershipLevel Level, int Daily, int Extra, int Held, bool Unlimited, DateTimeOffset NextGrantAt)
{
    public int Available => Daily + Extra;

    public bool Covers(int credits) => Unlimited || Available >= credits;
}

/// <summary>Credits put aside for one request.</summary>
public sealed record CreditReservation(Guid RequestId, Guid PayerId, UsageType Usage, int Credits)
{
    /// <summary>The spending cap that is reached, in words; then nothing is reserved, and the request waits. Null when the credits are reserved.</summary>
    public string? HeldBecause { get; init; }

    public bool IsHeld => HeldBecause is not null;
}
