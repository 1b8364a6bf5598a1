namespace Kelvin.Linear;

/// <summary>x ← A·x/‖A·x‖ until A·x is a multiple of x.</summary>
internal static class PowerIteration
{
    /// <summary>Iterates from a seeded start vector.</summary>
    public static EigenvalueEstimate Run<TOperator>(TOperator symmetric, EigenvalueOptions options)
        where TOperator : ISymmetricOperator
    {
        double[] x = new double[symmetric.Size];
        double[] product = new double[symmetric.Size];
        double[] residual = new double[symmetric.Size];
        UnitVector.Draw(x, options.Seed);
        for (int iteration = 1; ; iteration++)
        {
            symmetric.Apply(x, product);
            product.CopyTo(residual, 0);
            (double value, double error) = UnitVector.Rayleigh(x, residual);
            if (!double.IsFinite(error))
                return new EigenvalueEstimate(double.NaN, double.NaN, HasConverged: false, iteration, x);

            bool hasConverged = error <= options.Tolerance * Math.Abs(value);
            if (hasConverged || iteration == options.MaxIterations)
                return new EigenvalueEstimate(value, error, hasConverged, iteration, x);

            UnitVector.Normalize(product);
            (x, product) = (product, x);
        }
    }
}
