using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>The 21 weights of FSRS-6: their defaults, their bounds, and how older sets become new ones.</summary>
/// <remarks>
/// w0-w3 first stabilities in days; w4-w7 difficulty; w8-w10, w15, w16 growth after success; w11-w14 stability after a lapse;
/// w17-w19 reviews on the same day; w20 decay of the forgetting curve. Bounds and migrations are those of fsrs-rs and ts-fsrs.
/// </remarks>
public static class FsrsWeights
{
    /// <summary>Weights in one set.</summary>
    public const int Count = 21;

    /// <summary>Least stability, in days.</summary>
    public const double LeastStabilityDays = 0.001;

    /// <summary>Greatest stability, in days (100 years).</summary>
    public const double GreatestStabilityDays = 36_500;

    /// <summary>The weights FSRS-6 is published with, fitted to hundreds of millions of reviews.</summary>
    public static ImmutableArray<double> Default { get; } =
    [
        0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
        1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
    ];

    /// <summary>The least value each weight may take.</summary>
    public static ImmutableArray<double> Least { get; } =
    [
        0.001, 0.001, 0.001, 0.001, 1, 0.001, 0.001, 0.001, 0, 0, 0.001,
        0.001, 0.001, 0.001, 0, 0, 1, 0, 0, 0.01, 0.1,
    ];

    /// <summary>The greatest value each weight may take (with several relearning steps w17 and w18 have a lower one).</summary>
    public static ImmutableArray<double> Greatest { get; } =
    [
        100, 100, 100, 100, 10, 4, 4, 0.75, 4.5, 0.8, 3.5,
        5, 0.25, 0.9, 4, 1, 6, 2, 2, 0.8, 0.8,
    ];

    /// <summary>Makes 21 weights within their bounds from a set of any version.</summary>
    /// <param name="weights">21 weights (FSRS-6), 19 (FSRS-5) or 17 (FSRS-4.5).</param>
    /// <param name="relearningSteps">Steps a forgotten card passes; with more than one, w17 and w18 are held down so that
    /// the reviews of these steps together cannot lift stability above what it was before the lapse.</param>
    /// <returns>A new set of 21 weights.</returns>
    /// <exception cref="ArgumentException">The number of weights is none of 17, 19, 21, or one is not a finite number.</exception>
    public static double[] Adopt(ReadOnlySpan<double> weights, int relearningSteps = 1)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]))
            {
                throw new ArgumentException($"Weight w{i} is {weights[i]}: weights are finite numbers.", nameof(weights));
            }
        }

        double[] adopted = weights.Length switch
        {
            Count => weights.ToArray(),
            19 => [.. weights, 0, 0.5],
            17 => FromVersion4(weights),
            _ => throw new ArgumentException($"A set of weights has 21 numbers (19 for FSRS-5, 17 for FSRS-4.5), not {weights.Length}.", nameof(weights)),
        };
        Clip(adopted, relearningSteps);
        return adopted;
    }

    /// <summary>Moves every weight into its bounds.</summary>
    /// <param name="weights">21 weights, changed in place.</param>
    /// <param name="relearningSteps">As in <see cref="Adopt"/>.</param>
    public static void Clip(Span<double> weights, int relearningSteps = 1)
    {
        for (int i = 0; i < Count; i++)
        {
            weights[i] = Math.Clamp(weights[i], Least[i], Greatest[i]);
        }

        if (relearningSteps > 1)
        {
            double ceiling = SameDayCeiling(weights, relearningSteps);
            weights[17] = Math.Min(weights[17], ceiling);
            weights[18] = Math.Min(weights[18], ceiling);
        }
    }

    // The product w17*w18 for which n steps with Good undo exactly what a lapse at R = 0.7 took from S = 1.
    private static double SameDayCeiling(ReadOnlySpan<double> weights, int steps)
    {
        double loss = -(Math.Log(weights[11]) + Math.Log(Math.Pow(2, weights[13]) - 1) + 0.3 * weights[14]);
        return Math.Clamp(Fsrs.Round(Math.Sqrt(Math.Max(loss / steps, 0))), 0.01, 2);
    }

    // FSRS-4.5 had difficulty linear in the rating and no same-day weights; its decay was fixed at 0.5.
    private static double[] FromVersion4(ReadOnlySpan<double> weights)
    {
        double[] adopted = [.. weights, 0, 0, 0, 0.5];
        adopted[4] = weights[5] * 2 + weights[4];
        adopted[5] = Math.Log(weights[5] * 3 + 1) / 3;
        adopted[6] = weights[6] + 0.5;
        return adopted;
    }
}
