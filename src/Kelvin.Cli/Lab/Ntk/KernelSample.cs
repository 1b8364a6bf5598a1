using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>One network's kernel, before and after training.</summary>
internal sealed record KernelSample
{
    public required TangentKernel<double> Kernel { get; init; }

    public required KernelSpectrum Spectrum { get; init; }

    public required double Alignment { get; init; }

    public required double Distance { get; init; }

    public required KernelDrift Drift { get; init; }

    public required double LossLeft { get; init; }

    /// <summary>Makes a network, takes its kernel, trains it and takes the kernel again.</summary>
    /// <param name="problem">The data.</param>
    /// <param name="options">The network.</param>
    /// <param name="limit">K.</param>
    /// <param name="plan">Steps and their size.</param>
    /// <param name="seed">Of the weights.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    public static KernelSample Draw(
        KernelProblem problem, NetworkOptions options, ReadOnlyMatrixView<double> limit, NtkPlan plan, int seed, CancellationToken cancellationToken)
    {
        TrainingSet<double> set = problem.Set;
        TwoLayerNetwork<double> network = TwoLayerNetwork.Create<double>(options, seed);
        TangentKernel<double> kernel = TangentKernel.Compute(network, set.Inputs);
        KernelSpectrum spectrum = kernel.Spectrum();
        var trainer = new Trainer<double>(network, set, null, new TrainingOptions
        {
            Loss = LossOptions.Theory,
            Optimiser = new OptimiserOptions { Kind = OptimiserKind.Sgd, LearningRate = plan.StepShare * spectrum.StableStep() },
            BatchSize = null,
            Epochs = plan.Steps,
        });
        trainer.Run(cancellationToken: cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        double[] targets = OutputMajor.Stack(set.Targets);
        double start = 0.5 * TensorPrimitives.SumOfSquares<double>(targets);   // the outputs are 0 there
        double end = network.Evaluate(set, LossKind.Squared, new NetworkWorkspace<double>(options, set.Rows)).Loss * set.Rows;
        return new KernelSample
        {
            Kernel = kernel,
            Spectrum = spectrum,
            Alignment = kernel.Alignment(targets),
            Distance = TensorPrimitives.Distance(kernel.Matrix.Span, limit.Span) / TensorPrimitives.Norm(limit.Span),
            Drift = KernelDrift.Between(spectrum, kernel, TangentKernel.Compute(network, set.Inputs)),
            LossLeft = end / start,
        };
    }
}
