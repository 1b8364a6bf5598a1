using System.Numerics;
using Kelvin.Softmax;
using MathNet.Numerics.LinearAlgebra;

namespace Kelvin.Conformance.Families;

/// <summary>p = softmax(z/T) and every vital of the row.</summary>
internal sealed class SoftmaxFamily : IFamily
{
    /// <summary>Longest row whose Jacobian is laid out as a matrix.</summary>
    private const int LargestJacobian = 512;

    public string Name => "softmax";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = inputs.Vector<T>("z");
        T temperature = inputs.Number<T>("T");
        var p = new T[z.Length];
        var logP = new T[z.Length];
        SoftmaxStatistics row = OneRow.Forward(z, temperature, p);
        OneRow.LogProbabilities(z, temperature, logP);

        var answers = new Answers();
        answers.Add<T>("p", p);
        answers.Add<T>("log_p", logP);
        answers.Add<T>("dH_dz", EntropyGradient(p, logP, temperature));
        answers.Add("dH_dT", row.EntropySlope);
        answers.Add("dH_dbeta", -row.Variance / double.CreateTruncating(temperature));
        if (z.Length <= LargestJacobian)
            answers.Add("jacobian_spectral_norm", SpectralNorm(p, temperature));
        AddVitals(answers, row);
        return answers;
    }

    private static void AddVitals(Answers answers, in SoftmaxStatistics row)
    {
        answers.Add("n_unmasked", row.UnmaskedCount);
        answers.Add("ties_at_max", row.TiesAtMax);
        answers.Add("argmax", row.ArgMax);
        answers.Add("max_logit", row.MaxLogit);
        answers.Add("lse", row.LogSumExp);
        answers.Add("entropy", row.Entropy);
        answers.Add("entropy_normalized", row.NormalizedEntropy);
        answers.Add("max_prob", row.MaxProbability);
        answers.Add("tail_mass", row.TailMass);
        answers.Add("margin_logit", row.MarginLogit);
        answers.Add("margin_prob", row.MarginProbability);
        answers.Add("effective_number", row.EffectiveNumber);
        answers.Add("sum_p2", row.SumSquares);
        answers.Add("participation", row.Participation);
        answers.Add("mean_logit", row.MeanLogit);
        answers.Add("var_logit", row.Variance);
        answers.Add("saturation", row.Saturation);
    }

    /// <summary>∂H/∂z is the backward pass of ∂H/∂p = −log p (a constant added to it changes nothing); masked entries have none.</summary>
    private static T[] EntropyGradient<T>(T[] p, T[] logP, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var gradient = new T[p.Length];
        OneRow.Backward(p, Array.ConvertAll(logP, log => T.IsNegativeInfinity(log) ? T.Zero : -log), temperature, gradient);
        return gradient;
    }

    /// <summary>The largest eigenvalue of the symmetric Jacobian, whose columns are the backward passes of the unit vectors.</summary>
    private static double SpectralNorm<T>(T[] p, T temperature)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<double> jacobian = Matrix<double>.Build.Dense(p.Length, p.Length);
        var column = new T[p.Length];
        for (int j = 0; j < p.Length; j++)
        {
            var unit = new T[p.Length];
            unit[j] = T.One;
            OneRow.Backward(p, unit, temperature, column);
            for (int i = 0; i < p.Length; i++)
                jacobian[i, j] = double.CreateTruncating(column[i]);
        }

        return jacobian.Evd(Symmetricity.Symmetric).EigenValues.Real().Maximum();
    }
}
