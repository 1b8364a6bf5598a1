using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Networks;
using Kelvin.Softmax;

namespace Kelvin.Stability;

/// <summary>Plain gradient descent over a whole set with one fixed step, stopped as soon as it is clear how it ends.</summary>
/// <remarks>
/// <para>w ← w − η ∇L(w). Nothing but the step can make it go wrong: no batches, no momentum, no schedule.</para>
/// <para>It is settled when the loss is at its target (fit), not finite or far above its start (diverged), when the gradient has vanished (dead
/// one-hot, stuck), and, in the second half of the steps, when the best loss would miss its target even if it went on falling four times as
/// fast as in the last sixth of the steps (slow, not fitting).</para>
/// <para>Same network, set, step and options: the same result to the bit on any number of threads.</para>
/// </remarks>
public static class Descent
{
    /// <summary>Runs it.</summary>
    /// <param name="network">Trained in place from its present weights.</param>
    /// <param name="set">The examples, all of them in every step.</param>
    /// <param name="learningRate">η ≥ 0.</param>
    /// <param name="options">Target and limits.</param>
    /// <param name="workspace">Made for the network's options; overwritten, and grown to the set.</param>
    /// <param name="onStep">Told the step (from 0) and the loss before it, or null.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="cancellationToken">Looked at between steps.</param>
    /// <remarks>Cost: one gradient a step; nothing is allocated by a step.</remarks>
    public static DescentResult Run<T>(
        TwoLayerNetwork<T> network,
        TrainingSet<T> set,
        double learningRate,
        DescentOptions options,
        NetworkWorkspace<T> workspace,
        Action<int, double>? onStep = null,
        int threads = 1,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workspace);
        Require.Between(learningRate, 0, double.MaxValue);
        options.Check();

        var course = new DescentCourse(options);
        T minusRate = T.CreateChecked(-learningRate);
        Span<T> weights = network.TrainedParameters.Span;
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double loss = LossAndGradient(network, set, options.Loss, workspace, threads);
            onStep?.Invoke(step, loss);
            double gradient = Magnitude.Norm<T>(workspace.Gradient);
            if (course.Observe(step, loss, gradient) is { } outcome)
                return course.Result(outcome == DescentOutcome.Stuck && IsOneHot(workspace, options) ? DescentOutcome.DeadOneHot : outcome);

            TensorPrimitives.MultiplyAdd(workspace.Gradient, minusRate, weights, weights);
        }
    }

    private static double LossAndGradient<T>(
        TwoLayerNetwork<T> network, TrainingSet<T> set, LossOptions loss, NetworkWorkspace<T> workspace, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => set.HasLabels
            ? network.LossAndGradient(set.Inputs, set.Labels, loss, workspace, threads)
            : network.LossAndGradient(set.Inputs, set.Targets, loss, workspace, threads);

    private static bool IsOneHot<T>(NetworkWorkspace<T> workspace, DescentOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SoftmaxSummary.Of(workspace.HiddenStatistics).MaxProbability > options.OneHotProbability;
}
