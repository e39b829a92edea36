namespace Tripos.Measurement.Prediction;

/// <summary>
/// The chance that a learner answers an item correctly, as well as it can be told from everybody's answers so far. Learns from every answer, in constant time. It is the model behind
/// choosing items and forecasting readiness; the ratings people see come from <see cref="Ratings.RatingModel"/>.
/// </summary>
/// <remarks>
/// A multi-skill Elo gives log odds. Sixteen kinds of situations (the item after another one, the skill after three wrong answers, …) each learn an offset to them in a hashed
/// table, as context-mixing compressors do (Mahoney 2005, "Adaptive weighing of context models"), and an online blend of all of them, of recent form, of counts and of elapsed time
/// makes the prediction.
/// <para>Not safe for concurrent use: one caller at a time (a call takes about a microsecond). Deterministic: the same calls of <see cref="Update"/> in the same order give the same bits,
/// whatever was predicted in between. Ids are the caller's; any integers will do. Where items have no skill, pass the item as its own skill.</para>
/// </remarks>
public sealed class SuccessPredictor
{
    private readonly PredictorSettings _settings;
    private readonly ContextTable _contexts;
    private readonly Blend _blend = new();
    private readonly Situation _situation = new();
    private Population _population = new();

    // What _situation was read for: an update right after a prediction need not read it again.
    private LearnerHistory? _readFor;
    private (int Answers, int Item, int Skill, long AtBits) _read;
    private float _logit;

    /// <summary>A predictor that knows nothing yet.</summary>
    /// <param name="settings">Its size.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is not one of those offered.</exception>
    public SuccessPredictor(PredictorSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.TableBits, PredictorSettings.MinTableBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.TableBits, PredictorSettings.MaxTableBits);
        _settings = settings;
        _contexts = new ContextTable(Situation.Contexts, settings.TableBits);
    }

    /// <summary>Its size.</summary>
    public PredictorSettings Settings => _settings;

    /// <summary>The chance of a correct answer.</summary>
    /// <param name="learner">What is remembered of the learner; not changed.</param>
    /// <param name="item">The item's id.</param>
    /// <param name="skill">The id of the item's (main) skill.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1): 1 / options for a multiple choice, else 0.</param>
    /// <param name="atSeconds">When, in seconds since any fixed instant; NaN when unknown.</param>
    /// <returns>A probability in (0, 1), at least <paramref name="guess"/>.</returns>
    public double Predict(LearnerHistory learner, int item, int skill, double guess = 0, double atSeconds = double.NaN)
    {
        Read(learner, item, skill, atSeconds);
        return guess + (1 - guess) * Ratings.RatingScale.Sigmoid(Math.Clamp(_logit, -Learning.MostLogit, Learning.MostLogit));
    }

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
        float outcome = correct ? 1 : 0, floor = (float)guess;
        _blend.Learn(_situation.Inputs, Learning.Slope(_logit, outcome, floor));
        Learning.Contexts(_situation, _contexts, outcome, floor);
        Learning.Terms(_situation, learner, _population, outcome, floor);
        Learning.Memory(learner, item, skill, correct, atSeconds);
        _readFor = null;
        return chance;
    }

    /// <summary>Writes everything learnt about items and skills; learners are saved by <see cref="LearnerHistory.Save"/>.</summary>
    /// <param name="stream">Where to; stays open.</param>
    public void Save(Stream stream) => PredictorFile.Save(stream, _settings, _population, _contexts, _blend);

    /// <summary>Reads what <see cref="Save"/> wrote; the predictor goes on exactly where the saved one was.</summary>
    /// <param name="stream">Where from; stays open.</param>
    /// <exception cref="InvalidDataException">The stream is not a saved predictor, is cut short, or is of another version.</exception>
    public static SuccessPredictor Load(Stream stream) => PredictorFile.Load(stream, (reader, settings) =>
    {
        var predictor = new SuccessPredictor(settings) { _population = Population.Load(reader) };
        PredictorFile.ReadPlaces(reader, predictor._contexts);
        predictor._blend.Load(reader);
        return predictor;
    });

    private void Read(LearnerHistory learner, int item, int skill, double atSeconds)
    {
        var read = (learner.Answers, item, skill, BitConverter.DoubleToInt64Bits(atSeconds));
        if (ReferenceEquals(_readFor, learner) && _read == read)
        {
            return;
        }

        _situation.Read(learner, _population, item, skill, atSeconds);
        Contexts.Read(_situation, _contexts);
        Inputs.Read(_situation);
        _blend.Choose(_situation);
        _logit = _blend.Predict(_situation.Inputs);
        (_readFor, _read) = (learner, read);
    }
}
