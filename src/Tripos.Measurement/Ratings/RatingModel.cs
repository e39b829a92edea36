namespace Tripos.Measurement.Ratings;

/// <summary>
/// The ratings a learner and a teacher see: multi-skill Elo whose steps follow from its deviations. The chance of a correct answer is
/// <c>P = c + (1 - c) σ(g q (learner + learnerSkill - item - skill))</c>, with the guess floor c, q = ln 10 / 400 and Glicko's g for the uncertainty of all four terms together.
/// </summary>
/// <remarks>
/// Each answer moves every term by its own variance times the slope of the log likelihood, and takes from that variance what the answer told
/// (assumed-density filtering; with two terms and no guessing it is Glicko-1 to first order, Glickman 1999). Practising a skill also makes the learner a little better at it,
/// right or wrong (power law of practice). Holds no state: the ratings are the caller's, every method is
/// a function of its arguments, so a replay gives the same bits. Safe for concurrent use.
/// </remarks>
/// <param name="settings">Starts and drifts of the terms.</param>
public sealed class RatingModel(RatingSettings settings)
{
    private const double Q = RatingScale.LogitsPerPoint;

    /// <summary>Somebody never seen.</summary>
    public Rating NewLearner() => new() { Deviation = settings.LearnerDeviation };

    /// <summary>A learner's strength on a skill never practised, relative to their overall strength.</summary>
    public Rating NewLearnerSkill() => new() { Deviation = settings.LearnerSkillDeviation };

    /// <summary>An item never answered.</summary>
    /// <param name="points">What its author expects, in points above the mean of its skill.</param>
    public Rating NewItem(double points = 0) => new() { Points = points, Deviation = settings.ItemDeviation };

    /// <summary>A skill nobody has practised.</summary>
    public Rating NewSkill() => new() { Deviation = settings.SkillDeviation };

    /// <summary>The chance that this learner answers this item correctly.</summary>
    /// <param name="learner">The learner's overall term.</param>
    /// <param name="learnerSkill">The learner's term for the item's skill.</param>
    /// <param name="item">The item's term.</param>
    /// <param name="skill">The skill's term.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1): 1 / options for a multiple choice, else 0.</param>
    /// <param name="atDays">When, in days since 1970-01-01 UTC; a time before the last answer counts as that answer's time.</param>
    /// <returns>A probability in (<paramref name="guess"/>, 1).</returns>
    public double Predict(in Rating learner, in Rating learnerSkill, in Rating item, in Rating skill, double guess, double atDays)
    {
        double variance = LearnerVariance(learner, atDays) + LearnerSkillVariance(learnerSkill, atDays) + Square(item.Deviation) + Square(skill.Deviation);
        return Chance(learner.Points + learnerSkill.Points - item.Points - skill.Points, variance, guess);
    }

    /// <summary>The chance that this learner answers an item of several skills (or of none) correctly: the mean of the skills counts.</summary>
    /// <param name="learner">The learner's overall term.</param>
    /// <param name="learnerSkills">The learner's terms for the item's skills, in the order of <paramref name="skills"/>.</param>
    /// <param name="item">The item's term.</param>
    /// <param name="skills">The skills' terms.</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    /// <param name="atDays">When, in days since 1970-01-01 UTC.</param>
    /// <returns>A probability in (<paramref name="guess"/>, 1).</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public double Predict(in Rating learner, ReadOnlySpan<Rating> learnerSkills, in Rating item, ReadOnlySpan<Rating> skills, double guess, double atDays)
    {
        var (points, variance) = Difference(learner, learnerSkills, item, skills, atDays);
        return Chance(points, variance, guess);
    }

    /// <summary>Learns from one answer: moves all four terms.</summary>
    /// <param name="learner">The learner's overall term.</param>
    /// <param name="learnerSkill">The learner's term for the item's skill.</param>
    /// <param name="item">The item's term.</param>
    /// <param name="skill">The skill's term.</param>
    /// <param name="score">Share of the points earned, in [0, 1].</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    /// <param name="atDays">When it was answered, in days since 1970-01-01 UTC.</param>
    /// <returns>What <see cref="Predict(in Rating, in Rating, in Rating, in Rating, double, double)"/> said before.</returns>
    public double Update(ref Rating learner, ref Rating learnerSkill, ref Rating item, ref Rating skill, double score, double guess, double atDays)
    {
        double learnerVariance = LearnerVariance(learner, atDays), learnerSkillVariance = LearnerSkillVariance(learnerSkill, atDays);
        double itemVariance = Square(item.Deviation), skillVariance = Square(skill.Deviation);
        var step = new Step(
            learner.Points + learnerSkill.Points - item.Points - skill.Points, learnerVariance + learnerSkillVariance + itemVariance + skillVariance, score, guess);
        learnerSkill.Points += PracticeOf(learnerSkill, step.Shift(learnerVariance + learnerSkillVariance));
        step.Move(ref learner, learnerVariance, 1, settings.LearnerDrift, atDays);
        step.Move(ref learnerSkill, learnerSkillVariance, 1, settings.LearnerSkillDrift, atDays, settings.LearnerSkillInformation);
        step.Move(ref item, itemVariance, -1, settings.ItemDrift, atDays);
        step.Move(ref skill, skillVariance, -1, settings.SkillDrift, atDays);
        return step.Chance;
    }

    /// <summary>Learns from one answer to an item of several skills (or of none); each of k skills carries 1/k of the weight.</summary>
    /// <param name="learner">The learner's overall term.</param>
    /// <param name="learnerSkills">The learner's terms for the item's skills, in the order of <paramref name="skills"/>.</param>
    /// <param name="item">The item's term.</param>
    /// <param name="skills">The skills' terms.</param>
    /// <param name="score">Share of the points earned, in [0, 1].</param>
    /// <param name="guess">Chance of a correct answer by guessing, in [0, 1).</param>
    /// <param name="atDays">When it was answered, in days since 1970-01-01 UTC.</param>
    /// <returns>The prediction made before.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public double Update(ref Rating learner, Span<Rating> learnerSkills, ref Rating item, Span<Rating> skills, double score, double guess, double atDays)
    {
        var (points, variance) = Difference(learner, learnerSkills, item, skills, atDays);
        var step = new Step(points, variance, score, guess);
        double shift = step.Shift(LearnerVariance(learner, atDays));
        step.Move(ref learner, LearnerVariance(learner, atDays), 1, settings.LearnerDrift, atDays);
        step.Move(ref item, Square(item.Deviation), -1, settings.ItemDrift, atDays);
        double share = 1.0 / Math.Max(1, skills.Length);
        for (int i = 0; i < skills.Length; i++)
        {
            learnerSkills[i].Points += PracticeOf(learnerSkills[i], shift);
            step.Move(ref learnerSkills[i], LearnerSkillVariance(learnerSkills[i], atDays), share, settings.LearnerSkillDrift, atDays, settings.LearnerSkillInformation);
            step.Move(ref skills[i], Square(skills[i].Deviation), -share, settings.SkillDrift, atDays);
        }

        return step.Chance;
    }

    /// <summary>A learner's rating on a skill: 1500 plus both terms, in points.</summary>
    public double AbilityPoints(in Rating learner, in Rating learnerSkill) => settings.Centre + learner.Points + learnerSkill.Points;

    /// <summary>How sure that rating is: its standard deviation in points, grown by the idle time until <paramref name="atDays"/>, at most 350.</summary>
    /// <param name="learner">The learner's overall term.</param>
    /// <param name="learnerSkill">The learner's term for the skill.</param>
    /// <param name="atDays">When, in days since 1970-01-01 UTC.</param>
    public double AbilityDeviation(in Rating learner, in Rating learnerSkill, double atDays) =>
        Math.Min(settings.MaxDeviation, Math.Sqrt(LearnerVariance(learner, atDays) + LearnerSkillVariance(learnerSkill, atDays)));

    /// <summary>An item's rating: 1500 plus both terms, in points.</summary>
    public double DifficultyPoints(in Rating item, in Rating skill) => settings.Centre + item.Points + skill.Points;

    /// <summary>How sure that rating is: its standard deviation in points, at most 350.</summary>
    public double DifficultyDeviation(in Rating item, in Rating skill) =>
        Math.Min(settings.MaxDeviation, Math.Sqrt(Square(item.Deviation) + Square(skill.Deviation)));

    private static double Chance(double points, double variance, double guess) =>
        guess + (1 - guess) * RatingScale.Sigmoid(RatingScale.Trust(variance) * Q * points);

    private (double Points, double Variance) Difference(in Rating learner, ReadOnlySpan<Rating> learnerSkills, in Rating item, ReadOnlySpan<Rating> skills, double atDays)
    {
        if (learnerSkills.Length != skills.Length)
        {
            throw new ArgumentException($"An item of {skills.Length} skills was given {learnerSkills.Length} learner's terms.", nameof(learnerSkills));
        }

        double points = 0, variance = 0;
        for (int i = 0; i < skills.Length; i++)
        {
            points += learnerSkills[i].Points - skills[i].Points;
            variance += LearnerSkillVariance(learnerSkills[i], atDays) + Square(skills[i].Deviation);
        }

        double share = 1.0 / Math.Max(1, skills.Length);
        return (learner.Points - item.Points + share * points, LearnerVariance(learner, atDays) + Square(item.Deviation) + share * share * variance);
    }

    // Power law of practice; never more than nine tenths of what a wrong answer takes, so that it lowers the rating.
    private double PracticeOf(in Rating learnerSkill, double shift)
    {
        double gain = settings.PracticeGain / (1 + settings.PracticeSlowing * learnerSkill.Answers);
        return shift < 0 ? Math.Min(gain, -0.9 * shift) : gain;
    }

    private double LearnerVariance(in Rating rating, double atDays) => Grown(rating, settings.LearnerDriftPerDay, atDays);

    private double LearnerSkillVariance(in Rating rating, double atDays) => Grown(rating, settings.LearnerSkillDriftPerDay, atDays);

    private double Grown(in Rating rating, double driftPerDay, double atDays)
    {
        double variance = Square(rating.Deviation), days = atDays - rating.UpdatedAtDays;
        return rating.Answers > 0 && days > 0 ? Math.Max(variance, Math.Min(Square(settings.MaxDeviation), variance + driftPerDay * days)) : variance;
    }

    private static double Square(double value) => value * value;

    /// <summary>What one answer says of the difference between learner and item.</summary>
    private readonly struct Step
    {
        private readonly double _slope; // of the log likelihood, per point
        private readonly double _information; // expected, per point squared

        public Step(double points, double variance, double score, double guess)
        {
            double trust = RatingScale.Trust(variance), know = RatingScale.Sigmoid(trust * Q * points);
            Chance = guess + (1 - guess) * know;
            // With no guessing this is q g (score - P), and q² g² P (1 - P): (P - c) / P is the part of a correct answer that is not luck.
            double credit = trust * Q * know / Chance;
            _slope = credit * (score - Chance);
            _information = credit * credit * Chance * (1 - Chance);
        }

        public double Chance { get; }

        /// <summary>How far the answer moves a term, or terms, of this variance.</summary>
        public double Shift(double variance) => variance * _slope;

        public void Move(ref Rating rating, double variance, double weight, double drift, double atDays, double information = 1)
        {
            rating.Points += weight * variance * _slope;
            double told = weight * weight * variance * _information;
            double left = variance * (1 - told) / (1 + (information - 1) * told);
            rating.Deviation = Math.Sqrt(Math.Min(variance, left + drift));
            rating.UpdatedAtDays = atDays > rating.UpdatedAtDays ? atDays : rating.UpdatedAtDays; // an unknown time (NaN) leaves it
            rating.Answers++;
        }
    }
}
