using System.Numerics;
using Kelvin.Diffusion;
using Kelvin.Linear;

namespace Kelvin.Conformance.Families;

/// <summary>Deterministic samplers with the exact score on a uniform grid.</summary>
internal sealed class SamplerOdeFamily : IFamily
{
    public string Name => "sampler_ode";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var answers = new Answers();
        answers.Add<T>("euler", Sample<T>(inputs, SamplerKind.Euler));
        answers.Add<T>("heun", Sample<T>(inputs, SamplerKind.Heun));
        answers.Add<T>("ddim", Sample<T>(inputs, SamplerKind.Ddim));
        return answers;
    }

    private static T[] Sample<T>(FixtureInputs inputs, SamplerKind kind)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] x = inputs.Vector<double>("x_t");
        double[] times = TimeGrid.Uniform(inputs.Number("t"), inputs.Number("s"), inputs.Integer("steps"));
        DiffusionSampler.Run(
            MixtureInputs.Process(inputs),
            new MixtureScore(MixtureInputs.Mixture(inputs)),
            times,
            new MatrixView<double>(x, 1, x.Length),
            new SamplerOptions { Kind = kind });
        return MixtureInputs.As<T>(x);
    }
}
