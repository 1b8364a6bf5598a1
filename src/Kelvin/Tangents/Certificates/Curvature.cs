using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Tangents.Certificates;

/// <summary>Bounds max_r λ_max(Xᵀ diag(c_r) X)/T² over the hidden units, c_r being column r of a matrix.</summary>
internal static class Curvature
{
    private const int Sharpenings = 4;

    /// <param name="problem">The Gram matrix P.</param>
    /// <param name="coefficients">c, shape n × m; negative entries count as 0.</param>
    /// <returns>At least 0; +∞ where a coefficient is not finite.</returns>
    /// <remarks>
    /// A unit's matrix has the eigenvalues of √c P √c. They are at most λ_max(P)·max c, at most Σ cᵢPᵢᵢ, and for any positive v at most
    /// max_i (√c|P|√c v)ᵢ/vᵢ (Collatz and Wielandt), which a few power steps for v make sharp. Units whose simple bounds cannot be the largest are
    /// passed over. Monotone in c, so entrywise upper bounds of c give upper bounds.
    /// </remarks>
    public static double Largest(CertificateProblem problem, MatrixView<double> coefficients)
    {
        double[] simple = SimpleBounds(problem, coefficients);
        if (simple.Length > 0 && !double.IsFinite(TensorPrimitives.Sum<double>(simple)))
            return double.PositiveInfinity;

        double largest = 0;
        double[] root = new double[problem.Examples];
        for (int r = TensorPrimitives.IndexOfMax<double>(simple), seen = -1; seen < simple.Length; r = ++seen)
        {
            if (r < simple.Length && simple[r] > largest)
                largest = Math.Max(largest, Math.Min(simple[r], Sharp(problem, coefficients, r, root)));
        }

        return largest;
    }

    private static double[] SimpleBounds(CertificateProblem problem, MatrixView<double> coefficients)
    {
        double[] largest = new double[problem.Hidden];
        double[] trace = new double[problem.Hidden];
        for (int i = 0; i < problem.Examples; i++)
        {
            ReadOnlySpan<double> row = coefficients.Row(i);
            double weight = problem.Gram[i, i];
            for (int r = 0; r < row.Length; r++)
            {
                double value = Math.Max(0, row[r]);
                largest[r] = Math.Max(largest[r], value);
                trace[r] += weight * value;
            }
        }

        for (int r = 0; r < largest.Length; r++)
            largest[r] = Math.Min(problem.GramNorm * largest[r], trace[r]);
        return largest;
    }

    private static double Sharp(CertificateProblem problem, MatrixView<double> coefficients, int unit, double[] root)
    {
        int[] active = new int[root.Length];
        int count = 0;
        for (int i = 0; i < root.Length; i++)
        {
            root[i] = Math.Sqrt(Math.Max(0, coefficients[i, unit]));
            if (root[i] > 0)
                active[count++] = i;
        }

        double[] vector = new double[count];
        double[] product = new double[count];
        for (int a = 0; a < count; a++)
            vector[a] = root[active[a]];
        double best = double.PositiveInfinity;
        for (int step = 0; step < Sharpenings && count > 0; step++)
        {
            double worst = 0;
            double sum = 0;
            for (int a = 0; a < count; a++)
            {
                ReadOnlySpan<double> sizes = problem.GramSizes.Row(active[a]);
                double dot = 0;
                for (int b = 0; b < count; b++)
                    dot += sizes[active[b]] * root[active[b]] * vector[b];
                product[a] = dot * root[active[a]];
                worst = Math.Max(worst, product[a] / vector[a]);
                sum += product[a];
            }

            best = Math.Min(best, worst);
            for (int a = 0; a < count && sum > 0; a++)
                vector[a] = Math.Max(product[a] / sum, 1e-12);
        }

        return count == 0 ? 0 : best;
    }
}
