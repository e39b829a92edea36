namespace Tripos.Measurement.Irt;

/// <summary>Inverse of a symmetric positive definite matrix by Cholesky's factors.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Replaces the matrix by its inverse.</summary>
    /// <returns>False when it is not positive definite; the matrix is then worthless.</returns>
    public static bool TryInvert(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        if (!TryFactor(matrix, n))
        {
            return false;
        }

        // Inverse of the factor L, below the diagonal and on it.
        for (int i = 0; i < n; i++)
        {
            matrix[i, i] = 1 / matrix[i, i];
            for (int j = 0; j < i; j++)
            {
                double sum = 0;
                for (int k = j; k < i; k++)
                {
                    sum -= matrix[i, k] * matrix[k, j];
                }

                matrix[i, j] = sum * matrix[i, i];
            }
        }

        Multiply(matrix, n);
        return true;
    }

    private static bool TryFactor(double[,] matrix, int n)
    {
        for (int j = 0; j < n; j++)
        {
            double diagonal = matrix[j, j];
            for (int k = 0; k < j; k++)
            {
                diagonal -= matrix[j, k] * matrix[j, k];
            }

            if (!(diagonal > 1e-12))
            {
                return false;
            }

            matrix[j, j] = Math.Sqrt(diagonal);
            for (int i = j + 1; i < n; i++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                {
                    sum -= matrix[i, k] * matrix[j, k];
                }

                matrix[i, j] = sum / matrix[j, j];
            }
        }

        return true;
    }

    // The transpose of the inverse factor times itself, mirrored to both halves.
    private static void Multiply(double[,] matrix, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int k = i; k < n; k++)
                {
                    sum += matrix[k, i] * matrix[k, j];
                }

                matrix[j, i] = sum; // the upper half is free until now, except the diagonal, which comes last
            }
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i];
            }
        }
    }
}
