using Tripos.Measurement.Prediction;
using Tripos.Measurement.Ratings;

namespace Tripos.Bench;

/// <summary>
/// One pass over learners who train and learners who are held out, in an order of the seed. Every learner starts blank; every response is predicted, then learnt from, the held-out
/// ones too; only theirs are measured.
/// </summary>
public sealed class MeasurementRun(CollectionIds ids, List<LearnerAnswers> training, List<LearnerAnswers> heldOut, int seed)
{
    private const int WarmUpResponses = 200_000;
    private const double SecondsPerDay = 86_400;

    /// <summary>The ratings people see.</summary>
    public Accuracy Elo()
    {
        var model = new RatingModel(RatingSettings.Default);
        var items = Fill(ids.Items.Count, model.NewItem());
        var skills = Fill(ids.Skills.Count, model.NewSkill());
        var onSkills = Fill(ids.Skills.Count, model.NewLearnerSkill());
        var accuracy = new Accuracy();
        foreach (var (answers, measured) in InOrder())
        {
            var learner = model.NewLearner();
            foreach (int skill in answers.Skills)
            {
                onSkills[skill] = model.NewLearnerSkill();
            }

            for (int i = 0; i < answers.Items.Length; i++)
            {
                int item = answers.Items[i], skill = answers.Skills[i];
                double atDays = answers.AtSeconds[i] / SecondsPerDay;
                double chance = model.Predict(learner, onSkills[skill], items[item], skills[skill], 0, atDays);
                model.Update(ref learner, ref onSkills[skill], ref items[item], ref skills[skill], answers.Correct[i] ? 1 : 0, 0, atDays);
                if (measured)
                {
                    accuracy.Add(chance, answers.Correct[i]);
                }
            }
        }

        return accuracy;
    }

    /// <summary>The predictor, and what a prediction with its update costs: processor time of the whole pass, so that a busy machine counts less.</summary>
    public (Accuracy Accuracy, double Microseconds) Predictor()
    {
        WarmUp();
        var predictor = new SuccessPredictor(PredictorSettings.Default);
        var accuracy = new Accuracy();
        int responses = 0;
        var started = Environment.CpuUsage.TotalTime;
        foreach (var (answers, measured) in InOrder())
        {
            var learner = new LearnerHistory();
            for (int i = 0; i < answers.Items.Length; i++)
            {
                double chance = predictor.Predict(learner, answers.Items[i], answers.Skills[i], 0, answers.AtSeconds[i]);
                predictor.Update(learner, answers.Items[i], answers.Skills[i], answers.Correct[i], 0, answers.AtSeconds[i]);
                if (measured)
                {
                    accuracy.Add(chance, answers.Correct[i]);
                }
            }

            responses += answers.Items.Length;
        }

        return (accuracy, (Environment.CpuUsage.TotalTime - started).TotalMicroseconds / Math.Max(1, responses));
    }

    // Until the compiler has made its best of the hot path; on a predictor of its own, with responses of no learner.
    private static void WarmUp()
    {
        var predictor = new SuccessPredictor(PredictorSettings.Default with { TableBits = 14 });
        var learner = new LearnerHistory();
        for (int i = 0; i < WarmUpResponses; i++)
        {
            predictor.Predict(learner, i % 97, i % 7);
            predictor.Update(learner, i % 97, i % 7, i % 3 > 0);
        }
    }

    private IEnumerable<(LearnerAnswers Answers, bool Measured)> InOrder()
    {
        var random = new Random(seed);
        return Shuffled(training, random).Select(answers => (answers, false)).Concat(Shuffled(heldOut, random).Select(answers => (answers, true)));
    }

    private static LearnerAnswers[] Shuffled(List<LearnerAnswers> learners, Random random)
    {
        LearnerAnswers[] order = [.. learners];
        random.Shuffle(order);
        return order;
    }

    private static Rating[] Fill(int count, Rating rating)
    {
        var ratings = new Rating[count];
        Array.Fill(ratings, rating);
        return ratings;
    }
}
