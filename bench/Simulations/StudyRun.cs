namespace Tripos.Bench.Simulations;

/// <summary>What a policy made of a cohort's time.</summary>
/// <param name="Minutes">Minutes of study per learner.</param>
/// <param name="ExamScore">Expected score of the exam after it, in [0, 1].</param>
/// <param name="ExamGain">The score above the one without study.</param>
/// <param name="Retained">Items remembered on the exam day, per learner.</param>
/// <param name="Success">Share of right answers while studying.</param>
/// <param name="ExposureGini">Inequality of the items' use: 0 even, 1 all on one.</param>
/// <param name="Violations">Hard constraints broken.</param>
internal sealed record StudyResult(StudyPolicy Policy, double Minutes, double ExamScore, double ExamGain, double Retained, double Success, double ExposureGini, int Violations)
{
    /// <summary>Points of the exam (of 100) gained per hour.</summary>
    public double GainPerHour => 6000 * ExamGain / Minutes;

    /// <summary>Items remembered per hour studied.</summary>
    public double RetainedPerHour => 60 * Retained / Minutes;
}

/// <summary>A cohort that studies every day until an exam.</summary>
internal static class StudyRun
{
    private const double MostShareOfCohortPerDay = 0.6;

    public static StudyResult Run(StudyPolicy policy, int learners, int items, int days, int minutesPerDay, int seed)
    {
        var world = new StudyWorld(items, seed);
        StudyLearner[] cohort = [.. Enumerable.Range(0, learners).Select(learner => new StudyLearner(world, (seed * 7919) + learner))];
        StudyBeliefs[] beliefs = [.. cohort.Select(_ => new StudyBeliefs(world, days))];
        double before = cohort.Average(learner => learner.ExamScore(days));
        int[] exposures = new int[items];
        var (answers, right, ms, violations) = (0, 0, 0L, 0);
        for (int day = 0; day < days; day++)
        {
            int[] today = new int[items];
            for (int learner = 0; learner < learners; learner++)
            {
                var session = new StudySession(policy, minutesPerDay * 60_000L, HashCode(seed, day, learner));
                double most = Math.Max(2, MostShareOfCohortPerDay * learners);
                while (session.Next(beliefs[learner].Candidates(day, today, most), days - day) is { Count: > 0 } batch)
                {
                    foreach (int index in batch)
                    {
                        bool correct = cohort[learner].Answer(world.Items[index], day);
                        beliefs[learner].Answered(world.Items[index], correct, day);
                        today[index]++;
                        exposures[index]++;
                        answers++;
                        right += correct ? 1 : 0;
                    }
                }

                ms += (minutesPerDay * 60_000L) - session.LeftMs;
                violations += session.Violations;
            }
        }

        double score = cohort.Average(learner => learner.ExamScore(days));
        return new(policy, ms / 60_000.0 / learners, score, score - before, cohort.Average(learner => learner.Retained(days)), right / (double)answers, Gini(exposures), violations);
    }

    private static int HashCode(int seed, int day, int learner) => unchecked((((seed * 1_000_003) + day) * 1_000_003) + learner);

    private static double Gini(int[] counts)
    {
        int[] sorted = [.. counts.Order()];
        return sorted.Select((count, i) => ((2.0 * (i + 1)) - sorted.Length - 1) * count).Sum() / (sorted.Length * (double)sorted.Sum());
    }
}
