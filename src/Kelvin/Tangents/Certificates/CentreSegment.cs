using System.Numerics.Tensors;

namespace Kelvin.Tangents.Certificates;

/// <summary>
/// A stretch of s steps of the centre path, linearised at its first point a: û_k = (I − ηK)ᵏ u_a and W̃_k = W_a − Jᵀc_k with c_k = ηΣ_{j&lt;k} û_j.
/// </summary>
/// <remarks>
/// Every step is compared with the straight way to the end: c_k = θ_k c_s + c⊥, û_k = u_a + θ_k(û_s − u_a) + û⊥, with θ_k from 0 to 1 chosen so that
/// the part beside the way is short in W. Cost: 2 N² multiply-adds a step.
/// </remarks>
internal sealed class CentreSegment
{
    public CentreSegment(KernelModes modes, ReadOnlySpan<double> residual, double learningRate, int steps)
    {
        int size = residual.Length;
        Steps = steps;
        Fractions = new double[steps + 1];
        ResidualNorms = new double[steps + 1];
        Lengths = new double[steps + 1];
        CoefficientGap = new double[size];
        ResidualGap = new double[size];
        double[] start = modes.Project(residual);
        double[] endPower = new double[size];
        double[] endSum = new double[size];
        for (int j = 0; j < size; j++)
            (endPower[j], endSum[j]) = PowerAndSum(modes.Values[j], learningRate, steps);
        Coefficients = modes.Assemble(Product(endSum, start));
        EndResidual = modes.Assemble(Product(endPower, start));

        double[] power = new double[size];
        double[] sum = new double[size];
        double[] beside = new double[size];
        Array.Fill(power, 1);
        for (int k = 0; k <= steps; k++)
        {
            Measure(modes, start, power, sum, endSum, k);
            if (k > 0 && k < steps)
            {
                double theta = Fractions[k];
                for (int j = 0; j < size; j++)
                    beside[j] = (sum[j] - (theta * endSum[j])) * start[j];
                Widen(modes, beside, CoefficientGap);
                for (int j = 0; j < size; j++)
                    beside[j] = (power[j] - 1 - (theta * (endPower[j] - 1))) * start[j];
                Widen(modes, beside, ResidualGap);
            }

            for (int j = 0; j < size; j++)
            {
                sum[j] += learningRate * power[j];
                power[j] *= 1 - (learningRate * modes.Values[j]);
            }
        }
    }

    public int Steps { get; }

    /// <summary>c_s.</summary>
    public double[] Coefficients { get; }

    /// <summary>û_s.</summary>
    public double[] EndResidual { get; }

    /// <summary>θ_k for k = 0 … s.</summary>
    public double[] Fractions { get; }

    /// <summary>‖û_k‖ for k = 0 … s.</summary>
    public double[] ResidualNorms { get; }

    /// <summary>‖W̃_k − W_a‖ for k = 0 … s.</summary>
    public double[] Lengths { get; }

    /// <summary>max over k of |c⊥|, entry by entry.</summary>
    public double[] CoefficientGap { get; }

    /// <summary>max over k of |û⊥|, entry by entry.</summary>
    public double[] ResidualGap { get; }

    /// <summary>(1 − ηλ)ᵏ and ηΣ_{j&lt;k}(1 − ηλ)ʲ.</summary>
    private static (double Power, double Sum) PowerAndSum(double value, double learningRate, int steps)
    {
        double power = Math.Pow(1 - (learningRate * value), steps);
        double exact = learningRate * value < 0.5
            ? -ExpM1(steps * LogOnePlus(-learningRate * value)) / value
            : (1 - power) / value;
        return (power, learningRate * value * steps < 1e-12 ? learningRate * steps : exact);
    }

    private static double ExpM1(double x) => Math.Abs(x) < 1e-5 ? x + (0.5 * x * x) : Math.Exp(x) - 1;

    private static double LogOnePlus(double x) => Math.Abs(x) < 1e-5 ? x - (0.5 * x * x) : Math.Log(1 + x);

    private static double[] Product(double[] a, double[] b)
    {
        double[] product = new double[a.Length];
        TensorPrimitives.Multiply(a, b, product);
        return product;
    }

    private static void Widen(KernelModes modes, double[] beside, double[] gap)
    {
        for (int i = 0; i < gap.Length; i++)
            gap[i] = Math.Max(gap[i], Math.Abs(TensorPrimitives.Dot<double>(modes.Vectors.Row(i), beside)));
    }

    private void Measure(KernelModes modes, double[] start, double[] power, double[] sum, double[] endSum, int k)
    {
        double residual = 0;
        double length = 0;
        double along = 0;
        double whole = 0;
        for (int j = 0; j < start.Length; j++)
        {
            double square = start[j] * start[j];
            residual += power[j] * power[j] * square;
            length += modes.Values[j] * sum[j] * sum[j] * square;
            along += modes.Values[j] * sum[j] * endSum[j] * square;
            whole += modes.Values[j] * endSum[j] * endSum[j] * square;
        }

        ResidualNorms[k] = Math.Sqrt(residual);
        Lengths[k] = Math.Sqrt(length);
        Fractions[k] = whole > 0 ? Math.Clamp(along / whole, 0, 1) : k / (double)Math.Max(1, Steps);
    }
}
