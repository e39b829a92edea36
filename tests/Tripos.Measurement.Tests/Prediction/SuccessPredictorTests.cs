using Tripos.Measurement.Prediction;
using Tripos.Measurement.Tests.Ratings;

namespace Tripos.Measurement.Tests.Prediction;

public sealed class SuccessPredictorTests
{
    private static readonly PredictorSettings Small = PredictorSettings.Default with { TableBits = 12 };

    [Fact]
    public void A_blank_predictor_knows_nothing_and_never_says_0_or_1()
    {
        var predictor = new SuccessPredictor(Small);

        Assert.InRange(predictor.Predict(new LearnerHistory(), 1, 1), 0.4, 0.6);
        Assert.InRange(predictor.Predict(new LearnerHistory(), int.MinValue, -1, 0.25, 1e18), 0.25, 0.8);
    }

    [Fact]
    public void Simulated_chances_are_found_and_calibrated()
    {
        var school = new SimulatedSchool(11, 1200, 60, 6);
        var predictor = new SuccessPredictor(Small);
        var learners = NewLearners(1200);
        double[] said = new double[10], happened = new double[10];
        int measured = 0;
        double error = 0;

        foreach (var (learner, item, skill, correct) in school.Answers(40))
        {
            double chance = predictor.Update(learners[learner], item, skill, correct);
            if (learner >= 800)
            {
                double truth = 1 / (1 + Math.Exp(school.Difficulties[item] - school.Abilities[learner]));
                error += (chance - truth) * (chance - truth);
                said[(int)(chance * 10)] += chance;
                happened[(int)(chance * 10)] += correct ? 1 : 0;
                measured++;
            }
        }

        Assert.True(Math.Sqrt(error / measured) < 0.13, $"{Math.Sqrt(error / measured)}"); // learners start blank
        Assert.True(said.Zip(happened).Sum(bin => Math.Abs(bin.First - bin.Second)) / measured < 0.02);
    }

    [Fact]
    public void What_happened_in_a_sequence_is_used()
    {
        var predictor = new SuccessPredictor(Small);
        double afterWrong = 0, afterRight = 0;

        for (int learner = 0; learner < 600; learner++) // item 2 is answered as item 1 was, whoever answers
        {
            var history = new LearnerHistory();
            bool outcome = learner % 2 == 0;
            predictor.Update(history, 1, 1, outcome);
            double chance = predictor.Update(history, 2, 2, outcome);
            (afterRight, afterWrong) = outcome ? (chance, afterWrong) : (afterRight, chance);
        }

        Assert.True(afterRight > 0.9 && afterWrong < 0.1);
    }

    [Fact]
    public void Forgetting_is_learnt_from_times()
    {
        var predictor = new SuccessPredictor(Small);
        double soon = 0, late = 0;
        for (int learner = 0; learner < 1000; learner++) // what was right comes back right within the hour, and wrong after a month
        {
            var history = new LearnerHistory();
            bool wait = learner % 2 == 0;
            predictor.Update(history, learner % 50, 1, true, 0, 1e9);
            double chance = predictor.Update(history, learner % 50, 1, !wait, 0, 1e9 + (wait ? 2_592_000 : 600));
            (soon, late) = wait ? (soon, chance) : (chance, late);
        }

        Assert.True(soon > 0.85 && late < 0.15);
    }

    [Fact]
    public void Predicting_changes_nothing_and_a_replay_gives_the_same_bits()
    {
        double[] plain = Replay(curious: false), curious = Replay(curious: true);

        Assert.Equal(plain, curious);

        static double[] Replay(bool curious)
        {
            var predictor = new SuccessPredictor(Small);
            var learners = NewLearners(40);
            return
            [
                .. new SimulatedSchool(3, 40, 30, 4).Answers(50, 0.2).Select((answer, n) =>
                {
                    if (curious)
                    {
                        predictor.Predict(learners[(answer.Learner + 7) % 40], answer.Item + n % 3, answer.Skill + n % 5, 0, n);
                    }

                    return predictor.Update(learners[answer.Learner], answer.Item, answer.Skill, answer.Correct, 0.2, n * 30.0);
                }),
            ];
        }
    }

    [Fact]
    public void What_others_do_does_not_touch_a_learners_own_history()
    {
        byte[] alone = HistoryOf(3, others: false), among = HistoryOf(3, others: true);

        // The strengths depend on what others made of the items; the answers themselves do not.
        Assert.Equal(alone.Length, among.Length);
        Assert.Equal(60, LearnerHistory.Load(new BinaryReader(new MemoryStream(among))).Answers);

        static byte[] HistoryOf(int who, bool others)
        {
            var predictor = new SuccessPredictor(Small);
            var learners = NewLearners(10);
            foreach (var (learner, item, skill, correct) in new SimulatedSchool(5, 10, 30, 4).Answers(60).Where(answer => others || answer.Learner == who))
            {
                predictor.Update(learners[learner], item, skill, correct);
            }

            return Saved(learners[who]);
        }
    }

    [Fact]
    public void A_saved_predictor_goes_on_exactly_where_it_was()
    {
        var answers = new SimulatedSchool(9, 30, 40, 5).Answers(40).ToList();
        var predictor = new SuccessPredictor(Small);
        var learners = NewLearners(30);
        answers[..800].ForEach(answer => predictor.Update(learners[answer.Learner], answer.Item, answer.Skill, answer.Correct));

        using var file = new MemoryStream();
        predictor.Save(file);
        file.Position = 0;
        var again = SuccessPredictor.Load(file);
        LearnerHistory[] learnersAgain = [.. learners.Select(learner => LearnerHistory.Load(new BinaryReader(new MemoryStream(Saved(learner)))))];

        foreach (var (learner, item, skill, correct) in answers[800..])
        {
            Assert.Equal(predictor.Update(learners[learner], item, skill, correct), again.Update(learnersAgain[learner], item, skill, correct));
        }

        Assert.Equal(Saved(learners[29]), Saved(learnersAgain[29]));
    }

    [Fact]
    public void A_foreign_cut_or_damaged_file_is_refused_in_words()
    {
        using var file = new MemoryStream();
        new SuccessPredictor(Small).Save(file);
        byte[] bytes = file.ToArray();

        Assert.Contains("not a saved predictor", Refused("PK\u0003\u0004 and more"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("cut short", Refused(bytes[..(bytes.Length / 2)]), StringComparison.Ordinal);
        Assert.Contains("cut short", Refused([]), StringComparison.Ordinal);
        Assert.Contains("format 9", Refused([.. bytes[..4], 9, .. bytes[5..]]), StringComparison.Ordinal);
        Assert.Contains("damaged", Refused([.. bytes[..6], 0xFF, 0xFF, 0xFF, 0xFF, .. bytes[10..]]), StringComparison.Ordinal);
        Assert.Contains("cut short", Assert.Throws<InvalidDataException>(() => LearnerHistory.Load(new BinaryReader(new MemoryStream([1, 2])))).Message, StringComparison.Ordinal);
        Assert.Contains("not the history", Assert.Throws<InvalidDataException>(() => LearnerHistory.Load(new BinaryReader(new MemoryStream([77])))).Message, StringComparison.Ordinal);

        static string Refused(byte[] content) => Assert.Throws<InvalidDataException>(() => SuccessPredictor.Load(new MemoryStream(content))).Message;
    }

    [Fact]
    public void Nothing_is_allocated_for_items_and_skills_met_before()
    {
        var predictor = new SuccessPredictor(Small);
        var learner = new LearnerHistory();

        long[] allocated = [.. Enumerable.Range(0, 4).Select(_ => AllocatedBy(() => Answer(2000)))]; // the first rounds meet items, and the compiler

        Assert.Equal(0, allocated.Min());

        void Answer(int times)
        {
            for (int n = 0; n < times; n++)
            {
                predictor.Predict(learner, n % 50, n % 5, 0.2, n);
                predictor.Update(learner, n % 50, n % 5, n % 3 > 0, 0.2, n);
            }
        }
    }

    [Fact]
    public void The_size_has_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SuccessPredictor(PredictorSettings.Default with { TableBits = 40 }));
    }

    private static long AllocatedBy(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static LearnerHistory[] NewLearners(int count) => [.. Enumerable.Range(0, count).Select(_ => new LearnerHistory())];

    private static byte[] Saved(LearnerHistory learner)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        learner.Save(writer);
        return bytes.ToArray();
    }
}
