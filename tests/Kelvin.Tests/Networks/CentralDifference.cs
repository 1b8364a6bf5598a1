namespace Kelvin.Tests.Networks;

/// <summary>Ridders' method: central differences at shrinking steps, extrapolated to step 0, stopped where rounding takes over.</summary>
/// <remarks>It judges itself by how far its own estimates agree and never sees the gradient under test.</remarks>
internal static class CentralDifference
{
    private const int Levels = 8;

    public static double[] Gradient(Memory<double> parameters, double firstStep, Func<double> function)
    {
        double[] gradient = new double[parameters.Length];
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = Derivative(parameters, i, firstStep, function);
        return gradient;
    }

    private static double Derivative(Memory<double> parameters, int index, double firstStep, Func<double> function)
    {
        double[] previous = new double[Levels];
        double best = double.NaN;
        double bestError = double.PositiveInfinity;
        double step = firstStep;
        for (int level = 0; level < Levels; level++, step /= 2)
        {
            double[] current = new double[Levels];
            current[0] = Difference(parameters, index, step, function);
            double factor = 4;
            for (int order = 1; order <= level; order++, factor *= 4)
            {
                current[order] = ((factor * current[order - 1]) - previous[order - 1]) / (factor - 1);
                double error = Math.Max(Math.Abs(current[order] - current[order - 1]), Math.Abs(current[order] - previous[order - 1]));
                if (error <= bestError)
                    (best, bestError) = (current[order], error);
            }

            previous = current;
        }

        return best;
    }

    private static double Difference(Memory<double> parameters, int index, double step, Func<double> function)
    {
        double at = parameters.Span[index];
        parameters.Span[index] = at + step;
        double above = function();
        double high = parameters.Span[index];
        parameters.Span[index] = at - step;
        double below = function();
        double low = parameters.Span[index];
        parameters.Span[index] = at;
        return (above - below) / (high - low);
    }
}
