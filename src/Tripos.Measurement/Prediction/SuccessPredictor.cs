namespace Tripos.Measurement.Prediction;

/// <summary>
/// The chance that a learner answers an item correctly, as well as it can be told from everybody's answers so far. Learns from every answer in constant time. It is the model behind
/// choosing items and forecasting readiness; the ratings people see come from <see cref="Ratings.RatingModel"/>.
/// </summary>
/// <remarks>
/// Not safe for concurrent use: one writer, or a lock (a call takes a few microseconds). Deterministic: the same answers in the same order give the same bits.
/// Items, skills and their ids are the caller's; any integers will do. Where items have no skill, pass the item as its own skill.
/// </remarks>
/// <param name="settings">Its size.</param>
public sealed class SuccessPredictor(PredictorSettings settings)
{
    private readonly Dictionary<int, double> _items = [];

    /// <summary>The chance of a correct answer.</summary>
    /// <param name="learner">What is remembered of the learner; not changed.</param>
    /// <param name="item">The item's id.</param>
    /// <param name="skill">The id of the item's (main) skill.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1): 1 / options for a multiple choice, else 0.</param>
    /// <param name="atSeconds">When, in seconds since any fixed instant; NaN when unknown.</param>
    /// <returns>A probability in (0, 1).</returns>
    public double Predict(LearnerHistory learner, int item, int skill, double guess = 0, double atSeconds = double.NaN) =>
        guess + (1 - guess) * Ratings.RatingScale.Sigmoid(-_items.GetValueOrDefault(item));

    /// <summary>Learns from an answer: about the learner, and about everybody.</summary>
    /// <param name="learner">What is remembered of the learner; changed.</param>
    /// <param name="item">The item's id.</param>
    /// <param name="skill">The id of the item's (main) skill.</param>
    /// <param name="correct">Whether the answer was correct; for part marks, whether they were at least half.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    /// <param name="atSeconds">When, in seconds since any fixed instant; NaN when unknown.</param>
    /// <returns>What <see cref="Predict"/> said before.</returns>
    public double Update(LearnerHistory learner, int item, int skill, bool correct, double guess = 0, double atSeconds = double.NaN)
    {
        double chance = Predict(learner, item, skill, guess, atSeconds);
        _items[item] = _items.GetValueOrDefault(item) - 0.1 * ((correct ? 1 : 0) - chance);
        learner.Answers++;
        return chance;
    }

    /// <summary>Writes everything learnt about items and skills; learners are saved by <see cref="LearnerHistory.Save"/>.</summary>
    /// <param name="stream">Where to; stays open.</param>
    public void Save(Stream stream) => stream.WriteByte((byte)settings.TableBits);

    /// <summary>Reads what <see cref="Save"/> wrote; the predictor goes on exactly where the saved one was.</summary>
    /// <param name="stream">Where from; stays open.</param>
    /// <exception cref="InvalidDataException">The stream is not a saved predictor, is cut short, or is of another version.</exception>
    public static SuccessPredictor Load(Stream stream) => new(new PredictorSettings { TableBits = stream.ReadByte() });
}
