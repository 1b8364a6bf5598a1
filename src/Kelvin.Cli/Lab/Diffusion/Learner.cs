using Kelvin.Diffusion;
using Kelvin.Networks;

namespace Kelvin.Cli.Lab.Diffusion;

/// <summary>A way to learn the score at one noise level.</summary>
/// <param name="Name">Its name in tables.</param>
/// <param name="IsSound">Whether the reference lists it as sound; the others show what fails.</param>
/// <param name="Fit">Learns from examples, held-out examples, kind of label, steps of training, and seed.</param>
internal sealed record Learner(string Name, bool IsSound, Func<NoisySample, NoisySample, bool, int, int, INoisePredictor> Fit)
{
    /// <summary>The kernels, sound ones first, then the networks.</summary>
    public static IReadOnlyList<Learner> All { get; } =
    [
        Kernel(HiddenActivation.Softmax, PointLift.Sphere, true, 1, 2, 4, 7),
        Kernel(HiddenActivation.Relu, PointLift.Bias, true, 1),
        Kernel(HiddenActivation.Relu, PointLift.Sphere, true, 1),
        Kernel(HiddenActivation.Softmax, PointLift.Raw, false, 0.15, 0.3, 0.5),
        Kernel(HiddenActivation.Relu, PointLift.Raw, false, 1),
        Network(HiddenActivation.Softmax, PointLift.Sphere, 5),
        Network(HiddenActivation.Exp, PointLift.Sphere, 2),
        Network(HiddenActivation.Relu, PointLift.Bias, 1),
    ];

    /// <summary>The kernel learner of a name.</summary>
    public static Learner Named(string name) => All.First(learner => learner.Name == name);

    private static Learner Kernel(HiddenActivation activation, PointLift lift, bool isSound, params double[] scales)
    {
        ScoreKernel[] kernels = [.. scales.Select(scale => new ScoreKernel(activation, lift, scale))];
        return new Learner($"{kernels[0].Name} kernel", isSound, (train, heldOut, clean, _, _) => KernelRegression.Fit(kernels, train, heldOut, clean));
    }

    private static Learner Network(HiddenActivation activation, PointLift lift, double scale) => new(
        $"{new ScoreKernel(activation, lift).Name} network",
        true,
        (train, heldOut, clean, steps, seed) => NetworkPredictor.Fit(
            activation, lift, train, heldOut, new NetworkPredictorOptions { InitialScale = scale, UseCleanLabels = clean, Steps = steps, Seed = seed }));
}
