namespace Tripos.Spacing.Tests;

/// <summary>Numbers from the public tests of py-fsrs, ts-fsrs and fsrs-rs, and from running npm ts-fsrs 5.4.2; each row says which.</summary>
public sealed class FsrsTests
{
    [Theory]
    [InlineData(Recall.Again, 0.212, 6.4133)]
    [InlineData(Recall.Hard, 1.2931, 5.11217071)]
    [InlineData(Recall.Good, 2.3065, 2.11810397)]
    [InlineData(Recall.Easy, 8.2956, 1)]
    public void The_first_review_sets_the_memory(Recall recall, double stability, double difficulty) // ts-fsrs, FSRS-6.test.ts
    {
        var memory = Fsrs.Default.First(recall);

        Assert.Equal(new MemoryState(stability, difficulty), memory);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 0.9403443)]
    [InlineData(2, 3, 0.9253786)]
    [InlineData(3, 4, 0.9185229)]
    [InlineData(4, 4, 0.9)]
    [InlineData(5, 2, 0.8261359)]
    public void Recall_fades_along_a_power_curve(double days, double stability, double recall) => // fsrs-rs, test_power_forgetting_curve
        Assert.Equal(recall, Fsrs.Default.Retrievability(days, stability), 1e-7);

    [Fact]
    public void An_interval_ends_when_recall_has_faded_to_the_wished_level() // fsrs-rs, test_next_interval; there without a maximum
    {
        int[] days = [.. Enumerable.Range(1, 10).Select(tenths => Fsrs.Default.IntervalDays(1, tenths / 10.0, int.MaxValue))];

        Assert.Equal(3_116_766, days[0], 3.2); // single precision there
        Assert.Equal([34_793, 2_508, 387, 90, 27, 9, 3, 1, 1], days[1..]);
    }

    [Theory]
    [InlineData(Recall.Again, 8.341763)]
    [InlineData(Recall.Hard, 6.6659956)]
    [InlineData(Recall.Good, 4.990228)]
    [InlineData(Recall.Easy, 3.3144615)]
    public void Difficulty_moves_with_the_rating_and_reverts_a_little(Recall recall, double difficulty) => // fsrs-rs, test_next_difficulty
        Assert.Equal(difficulty, Fsrs.Default.Next(new(1, 5), recall, 1).Difficulty, 1e-6);

    public static TheoryData<string, double, double, int?> Sequences => new()
    {
        { "1@0 3@0 3@1 3@3 3@8 3@21", 53.62691, 6.3574867, null }, // py-fsrs, test_memo_state; ts-fsrs; fsrs-rs, test_memory_state
        { "3@0 3@2 3@11 3@46 3@163 3@498", 1346.74799964, 2.08372413, 1347 }, // from here on: npm ts-fsrs 5.4.2
        { "3@0 3@2 3@11 3@46 3@163 3@498 1@0 1@0 3@2 3@4", 76.86535209, 9.09732518, 77 },
        { "4@0 4@8 4@60", 374.76500591, 1, 375 },
        { "3@0 1@2 3@0 3@1 3@3", 7.25217403, 7.35804083, 7 },
        { "2@0 2@0 2@1 3@2", 5.84828648, 7.80880048, 6 },
        { "1@0 1@0 1@0 3@0 3@1", 0.29587938, 9.56415413, 1 },
        { "3@0 3@30", 37.42063886, 2.11121424, 37 },
        { "3@0 2@5 4@9 1@40 3@3", 7.38748962, 7.66690803, 7 },
    };

    [Theory]
    [MemberData(nameof(Sequences))]
    public void A_series_of_reviews_leads_to_the_known_memory(string reviews, double stability, double difficulty, int? interval)
    {
        var memory = After(reviews);

        Assert.Equal(stability, memory.StabilityDays, interval is null ? 1e-4 : 1e-8);
        Assert.Equal(difficulty, memory.Difficulty, interval is null ? 1e-6 : 1e-8);
        Assert.Equal(interval ?? 54, Fsrs.Default.IntervalDays(memory.StabilityDays, 0.9));
    }

    [Fact]
    public void Without_same_day_formulas_a_review_on_the_same_day_counts_at_full_recall() // fsrs-rs, test_memory_state; ts-fsrs
    {
        var memory = After("1@0 3@0 3@1 3@3 3@8 3@21", shortTerm: false);

        Assert.Equal(53.335106, memory.StabilityDays, 1e-4);
        Assert.Equal(6.3574867, memory.Difficulty, 1e-6);
    }

    [Theory]
    [InlineData(1, 0.9, Recall.Good, 25.602541)]
    [InlineData(2, 0.8, Recall.Hard, 28.226582)]
    [InlineData(3, 0.7, Recall.Good, 58.656002)]
    [InlineData(4, 0.6, Recall.Easy, 127.226685)]
    public void Success_lengthens_memory_as_published(double difficulty, double recalled, Recall recall, double stability) // fsrs-rs, test_next_stability
    {
        var model = new FitModel(FsrsWeights.Default.AsSpan(), shortTerm: true);

        var memory = model.Next(new(5, difficulty), recalled, (int)recall, days: 1);

        Assert.Equal(1, memory.StabilityDays / stability, 1e-6);
    }

    [Theory]
    [InlineData(Recall.Again, 8.354889)]
    [InlineData(Recall.Hard, 6.6774445)]
    [InlineData(Recall.Good, 5)]
    [InlineData(Recall.Easy, 3.3225555)]
    public void Without_reverting_difficulty_moves_with_the_rating_alone(Recall recall, double difficulty) // fsrs-rs, test_next_difficulty
    {
        double[] weights = [.. FsrsWeights.Default];
        weights[7] = 0;

        var memory = new FitModel(weights, shortTerm: true).Next(new(5, 5), 0.9, (int)recall, days: 1);

        Assert.Equal(difficulty, memory.Difficulty, 1e-6);
    }

    [Fact]
    public void Ten_easy_answers_in_a_row_leave_the_least_difficulty() => // py-fsrs, test_repeated_correct_reviews
        Assert.Equal(1, After(string.Join(' ', Enumerable.Repeat("4@0", 10))).Difficulty);

    [Fact]
    public void An_easy_card_is_remembered_at_a_little_over_90_percent_when_due() => // ts-fsrs, get retrievability: 8 days at S = 8.2956
        Assert.Equal(0.9024733, Fsrs.Default.Retrievability(8, 8.2956), 1e-7);

    [Fact]
    public void A_review_cannot_lie_before_the_one_before() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fsrs.Default.Next(new(1, 5), Recall.Good, -1));

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_wished_level_of_recall_lies_between_none_and_certain(double retention) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Fsrs.Default.IntervalDays(1, retention));

    private static MemoryState After(string reviews, bool shortTerm = true)
    {
        MemoryState? memory = null;
        foreach (string review in reviews.Split(' '))
        {
            var (recall, days) = ((Recall)(review[0] - '0'), int.Parse(review[2..], System.Globalization.CultureInfo.InvariantCulture));
            memory = memory is null ? Fsrs.Default.First(recall) : Fsrs.Default.Next(memory.Value, recall, days, shortTerm);
        }

        return memory!.Value;
    }
}
