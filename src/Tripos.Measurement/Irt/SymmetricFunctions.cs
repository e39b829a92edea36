namespace Tripos.Measurement.Irt;

/// <summary>Elementary symmetric functions: entry r is the sum over all sets of r items of the product of their weights.</summary>
internal static class SymmetricFunctions
{
    /// <summary>By adding one item after the other, which only adds positive numbers and so keeps every digit.</summary>
    public static double[] Of(ReadOnlySpan<double> weights, int without = -1, int andWithout = -1)
    {
        double[] sums = new double[weights.Length + 1];
        sums[0] = 1;
        int taken = 0;
        for (int item = 0; item < weights.Length; item++)
        {
            if (item == without || item == andWithout)
            {
                continue;
            }

            for (int size = ++taken; size > 0; size--)
            {
                sums[size] += sums[size - 1] * weights[item];
            }
        }

        return sums;
    }
}
