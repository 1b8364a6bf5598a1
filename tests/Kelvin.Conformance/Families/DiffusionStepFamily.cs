using System.Numerics;
using Kelvin.Diffusion;

namespace Kelvin.Conformance.Families;

/// <summary>Every one-step map from t to s, and the conversions at t.</summary>
internal sealed class DiffusionStepFamily : IFamily
{
    public string Name => "diffusion_step";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ForwardProcess process = MixtureInputs.Process(inputs);
        double t = inputs.Number("t");
        double s = inputs.Number("s");
        double eta = inputs.Number("eta");
        T[] x = inputs.Vector<T>("x_t");
        T[] noise = inputs.Vector<T>("eps_hat");
        T[] z = inputs.Vector<T>("z");
        NoiseLevel level = process.At(t);
        NoiseLevel next = process.At(s);
        var answers = new Answers();
        answers.Add("alpha_t", level.Alpha);
        answers.Add("sigma2_t", level.Variance);
        answers.Add("alpha_s", next.Alpha);
        answers.Add("sigma2_s", next.Variance);

        T[] score = New(x, result => Denoising.ScoreOfNoise<T>(level, noise, result));
        Add(answers, "x0_hat", New(x, result => Denoising.DataOfNoise<T>(level, x, noise, result)));
        Add(answers, "score_hat", score);
        Add(answers, "v_hat", New(x, result => Denoising.VelocityOfNoise<T>(level, x, noise, result)));
        answers.Add("ddim_noise_sd", DiffusionStep.DdimNoise(process, t, s, eta));
        Add(answers, "ddim_x_s", New(x, result => DiffusionStep.Ddim(process, t, s, eta, x, noise, z, result)));
        Add(answers, "ddpm_mean", New(x, result => DiffusionStep.Ddpm(process, t, s, x, noise, [], result)));
        answers.Add("ddpm_var", DiffusionStep.DdpmVariance(process, t, s));
        Add(answers, "ddpm_x_s", New(x, result => DiffusionStep.Ddpm(process, t, s, x, noise, z, result)));
        Add(answers, "euler_maruyama_x_s", New(x, result => DiffusionStep.EulerMaruyama(process, t, s, x, score, z, result)));
        Add(answers, "euler_ode_x_s", New(x, result => DiffusionStep.FlowEuler(process, t, s, x, score, result)));
        return answers;
    }

    private static void Add<T>(Answers answers, string field, T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => answers.Add<T>(field, values);

    private static T[] New<T>(T[] like, Action<T[]> fill)
    {
        var result = new T[like.Length];
        fill(result);
        return result;
    }
}
