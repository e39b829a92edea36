namespace Tripos.Measurement.Ratings;

/// <summary>
/// What is known of one term of the model: a learner, a learner on one skill, an item, or a skill. A plain value of four numbers, so that it can be kept in a
/// database row and comes back bit for bit.
/// </summary>
public struct Rating : IEquatable<Rating>
{
    /// <summary>The estimate, in rating points (173.7178 to the logit) from the mean of its kind; 0 for a term nobody has heard of.</summary>
    public double Points { get; set; }

    /// <summary>Standard deviation of <see cref="Points"/>, in points, more than 0, as it was at <see cref="UpdatedAtDays"/>.</summary>
    public double Deviation { get; set; }

    /// <summary>Answers this estimate rests on, 0 or more.</summary>
    public int Answers { get; set; }

    /// <summary>When the last of them came, in days since 1970-01-01 00:00 UTC with their fraction; without meaning while <see cref="Answers"/> is 0.</summary>
    public double UpdatedAtDays { get; set; }

    /// <summary>True when all four numbers are the same.</summary>
    public readonly bool Equals(Rating other) => Points.Equals(other.Points) && Deviation.Equals(other.Deviation) && Answers == other.Answers && UpdatedAtDays.Equals(other.UpdatedAtDays);

    /// <inheritdoc/>
    public override readonly bool Equals(object? obj) => obj is Rating other && Equals(other);

    /// <inheritdoc/>
    public override readonly int GetHashCode() => HashCode.Combine(Points, Deviation, Answers, UpdatedAtDays);

    /// <summary>True when all four numbers are the same.</summary>
    public static bool operator ==(Rating left, Rating right) => left.Equals(right);

    /// <summary>True when any of the four numbers differs.</summary>
    public static bool operator !=(Rating left, Rating right) => !left.Equals(right);
}
