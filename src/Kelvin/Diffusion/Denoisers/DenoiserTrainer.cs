using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Diffusion;

/// <summary>Trains a denoiser by denoising score matching: noise is added, and the network is to say what was added.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>L = mean over batch and coordinates of ½(F − target)², noise levels from evenly spread times. The labels are noisy: the loss cannot
/// fall to 0, and where it falls below what fresh examples give, the network is learning examples by heart.</para>
/// <para>Same data, options and seed: same weights to the bit on any number of threads, and whether or not the run was saved and resumed.</para>
/// </remarks>
public sealed class DenoiserTrainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AdamOptimiser<T> _optimiser;
    private readonly DenoisingBatch<T> _batch;
    private readonly DenoiserPass<T> _pass;
    private readonly T[] _gradient;
    private readonly T[] _average;

    /// <summary>Makes ready to train <paramref name="network"/> in place.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="process">How noise is added.</param>
    /// <param name="data">x₀, shape N × d, N ≥ 1; not copied.</param>
    /// <param name="labels">Their classes, shape [N], or empty for a network without classes.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">A shape, a label or an option is out of its range.</exception>
    public DenoiserTrainer(
        DenoiserNetwork<T> network, ForwardProcess process, ReadOnlyMatrixView<T> data, ReadOnlyMemory<int> labels, DenoiserTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(process);
        Require.Positive(data.Rows, nameof(data));
        Require.SameShape(data.Rows, network.Options.Dimensions, data.Rows, data.Columns, nameof(data));
        Require.That(labels.IsEmpty || labels.Length == data.Rows, "There must be one label for each example, or none.", nameof(labels));
        Require.Labels(labels.Span, network.Options.Classes);
        Network = network;
        Options = options;
        _optimiser = new AdamOptimiser<T>(options.Optimiser, network.Layout.Total, network.Layout.Weights);
        _batch = new DenoisingBatch<T>(network.Options, process, data, labels, options);
        _pass = new DenoiserPass<T>(network, options.BatchSize, options.Threads);
        _gradient = new T[network.Layout.Total];
        _average = network.Parameters.ToArray();
    }

    /// <summary>What is trained; its weights are those of the latest step.</summary>
    public DenoiserNetwork<T> Network { get; }

    /// <summary>How.</summary>
    public DenoiserTrainingOptions Options { get; }

    /// <summary>Steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>Whether all steps have been taken.</summary>
    public bool IsDone => Step >= Options.Steps;

    /// <summary>Takes one step.</summary>
    /// <returns>The loss of its batch, before the step; NaN or ∞ where the network has diverged.</returns>
    /// <remarks>Nothing is allocated once warm.</remarks>
    public double TakeStep()
    {
        _batch.Load(Step);
        _pass.Forward(_batch.Noisy, _batch.Alphas, _batch.Sigmas, _batch.Labels);
        MatrixView<T> d = _pass.Outputs;
        TensorPrimitives.Subtract(d.Span, _batch.Targets.Span, d.Span);
        double loss = 0.5 * double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(d.Span)) / d.Span.Length;
        LinearCombination.Of<T>(1.0 / d.Span.Length, d.Span, 0, d.Span, d.Span);
        _pass.Backward(d, _gradient);
        Clip();

        double rate = Options.Schedule.At(Options.Optimiser.LearningRate, Step, Options.Steps);
        Step++;
        Span<T> w = Network.Parameters.Span;
        _optimiser.ToUpdate(w, _gradient, rate, Step);
        TensorPrimitives.Add(w, _gradient, w);
        double memory = Math.Min(Options.AverageMemory, (1.0 + Step) / (10.0 + Step));
        LinearCombination.Of<T>(memory, _average, 1 - memory, w, _average);
        return loss;
    }

    /// <summary>A network with the moving average of the weights: what to sample from.</summary>
    public DenoiserNetwork<T> Average()
    {
        var network = new DenoiserNetwork<T>(Network.Options, seed: 0);
        _average.CopyTo(network.Parameters);
        return network;
    }

    /// <summary>Writes all that a resumed run needs: step, weights, their average and the optimiser's moments.</summary>
    public void Save(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        DenoiserState.Save(destination, Step, State());
    }

    /// <summary>Puts the trainer where a saved one was; made for the same options, data and seed, it goes on to the bit.</summary>
    /// <exception cref="InvalidDataException">The stream holds no state of such a network.</exception>
    public void Restore(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Step = DenoiserState.Restore(source, State());
    }

    private Memory<T>[] State() => [Network.Parameters, _average, .. _optimiser.State.Select(moments => moments.AsMemory())];

    private void Clip()
    {
        if (Options.ClipNorm is not double longest)
            return;
        double norm = Math.Sqrt(double.CreateTruncating(TensorPrimitives.SumOfSquares<T>(_gradient)));
        if (norm > longest)
            LinearCombination.Of<T>(longest / norm, _gradient, 0, _gradient, _gradient);
    }
}
