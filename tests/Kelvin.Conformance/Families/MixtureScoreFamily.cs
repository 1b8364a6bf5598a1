using System.Numerics;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Conformance.Families;

/// <summary>The exact score of a noisy Gaussian mixture and what goes with it.</summary>
internal sealed class MixtureScoreFamily : IFamily
{
    public string Name => "mixture_score";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        GaussianMixture mixture = MixtureInputs.Mixture(inputs);
        NoiseLevel level = MixtureInputs.Process(inputs).At(inputs.Number("t"));
        DiffusedMixture noisy = mixture.At(level);
        MatrixView<double> x = inputs.Matrix<double>("x");
        double[] logP = new double[x.Rows];
        MatrixView<double> responsibilities = MatrixView.Allocate<double>(x.Rows, mixture.Components);
        MatrixView<double> score = MatrixView.Allocate<double>(x.Rows, x.Columns);
        MatrixView<double> data = MatrixView.Allocate<double>(x.Rows, x.Columns);
        MatrixView<double> noise = MatrixView.Allocate<double>(x.Rows, x.Columns);
        for (int i = 0; i < x.Rows; i++)
        {
            logP[i] = noisy.LogDensity(x.Row(i));
            noisy.Responsibilities(x.Row(i), responsibilities.Row(i));
            noisy.Score(x.Row(i), score.Row(i));
            noisy.Data(x.Row(i), data.Row(i));
            noisy.Noise(x.Row(i), noise.Row(i));
        }

        var answers = new Answers();
        answers.Add("alpha", level.Alpha);
        answers.Add("sigma2", level.Variance);
        answers.Add<T>("log_p", MixtureInputs.As<T>(logP));
        answers.Add<T>("score", MixtureInputs.As<T>(score.Span));
        answers.Add<T>("responsibilities", MixtureInputs.As<T>(responsibilities.Span));
        answers.Add<T>("x0_mean", MixtureInputs.As<T>(data.Span));
        answers.Add<T>("eps", MixtureInputs.As<T>(noise.Span));
        return answers;
    }
}
