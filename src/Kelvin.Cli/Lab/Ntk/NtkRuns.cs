using System.Numerics.Tensors;
using Kelvin.Cli.Frame;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Ntk;

/// <summary>Computes kernels of networks over widths and seeds, and those of infinite width.</summary>
internal static class NtkRuns
{
    public static NtkResult Measure(LabRun run, KernelProblem problem, NtkPlan plan)
    {
        NtkLimit[] limits = [.. LabNetworks.Activations.Select(activation => Limit(problem, plan, activation))];
        KernelRank rank = TangentKernel.Compute(
            TwoLayerNetwork.Create<double>(problem.Network(HiddenActivation.Relu, plan.Widths[^1], plan.Scale, plan.Temperature), run.Seed),
            problem.Set.Inputs).Rank;
        NtkPoint[] points = run.Do<NtkPoint>(
            "Kernels",
            [
                .. from activation in LabNetworks.Activations
                   from hidden in plan.Widths.Reverse()
                   select (Func<NtkPoint>)(() => Point(run, problem, plan, activation, hidden)),
            ],
            point => LabWords.Text($"{LabWords.Of(point.Activation)}, {point.Hidden} units: λ_min {LabWords.Number(point.Smallest.Value)}, {LabWords.Percent(point.Distance.Value)} from the limit"));
        return new NtkResult(problem, plan, rank.Reason, limits, [.. points.OrderBy(point => point.Activation).ThenBy(point => point.Hidden)]);
    }

    private static NtkLimit Limit(KernelProblem problem, NtkPlan plan, HiddenActivation activation)
    {
        ReadOnlyMatrixView<double> inputs = problem.Set.Inputs;
        MatrixView<double> kernel = InfiniteWidthKernel.Compute(activation, inputs, inputs, plan.Scale, plan.Temperature);
        KernelSpectrum spectrum = KernelSpectrum.Of(kernel, 1);
        double[] targets = OutputMajor.Stack(problem.Set.Targets);
        double[] parts = spectrum.Project(targets);
        double along = 0;
        for (int j = 0; j < parts.Length; j++)
            along += spectrum.Values.Span[j] * parts[j] * parts[j];
        return new NtkLimit
        {
            Activation = activation,
            Smallest = spectrum.Smallest,
            Largest = spectrum.Largest,
            EffectiveRank = spectrum.EffectiveRank,
            Alignment = along / (TensorPrimitives.Norm<double>(kernel.Span) * TensorPrimitives.SumOfSquares<double>(targets)),
            Warning = InfiniteWidthKernel.Warning(activation, inputs, plan.Scale, plan.Temperature),
            Eigenvalues = [.. spectrum.Values.ToArray().Reverse()],
        };
    }

    private static NtkPoint Point(LabRun run, KernelProblem problem, NtkPlan plan, HiddenActivation activation, int hidden)
    {
        NetworkOptions options = problem.Network(activation, hidden, plan.Scale, plan.Temperature);
        MatrixView<double> limit = InfiniteWidthKernel.For(options, problem.Set.Inputs);
        KernelSample[] samples = [.. run.Seeds(plan.Seeds).Select(seed => KernelSample.Draw(problem, options, limit, plan, seed, run.CancellationToken))];
        return new NtkPoint
        {
            Activation = activation,
            Hidden = hidden,
            Smallest = Estimate.Mean(samples.Select(sample => sample.Spectrum.Smallest)),
            Largest = Estimate.Mean(samples.Select(sample => sample.Spectrum.Largest)),
            Condition = Estimate.GeometricMean(samples.Select(sample => sample.Spectrum.Condition)),
            EffectiveRank = Estimate.Mean(samples.Select(sample => sample.Spectrum.EffectiveRank)),
            Alignment = Estimate.Mean(samples.Select(sample => sample.Alignment)),
            Distance = Estimate.Mean(samples.Select(sample => sample.Distance)),
            Fluctuation = Fluctuation(samples),
            Drift = Estimate.Mean(samples.Select(sample => sample.Drift.Frobenius)),
            OperatorDrift = Estimate.Mean(samples.Select(sample => sample.Drift.Operator)),
            SmallestRatio = Estimate.Mean(samples.Select(sample => sample.Drift.Smallest)),
            LargestRatio = Estimate.Mean(samples.Select(sample => sample.Drift.Largest)),
            LossLeft = Estimate.GeometricMean(samples.Select(sample => sample.LossLeft)),
            Eigenvalues = [.. samples[0].Spectrum.Values.ToArray().Reverse()],
            RateRatios = [.. samples[0].Drift.Ratios.ToArray().Reverse()],
        };
    }

    /// <summary>√(Σ ‖H_s − H̄‖²/(S − 1))/‖H̄‖.</summary>
    private static double Fluctuation(KernelSample[] samples)
    {
        double[] mean = new double[samples[0].Kernel.Matrix.Span.Length];
        foreach (KernelSample sample in samples)
            TensorPrimitives.Add(mean, sample.Kernel.Matrix.Span, mean);
        TensorPrimitives.Divide(mean, samples.Length, mean);
        double squares = samples.Sum(sample => Math.Pow(TensorPrimitives.Distance(sample.Kernel.Matrix.Span, mean), 2));
        return Math.Sqrt(squares / (samples.Length - 1)) / TensorPrimitives.Norm<double>(mean);
    }
}
