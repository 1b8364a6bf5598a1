using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Diffusion;

/// <summary>The score that a trained denoiser stands for, of one class a row if asked, with classifier-free guidance.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>ŝ = −ε̂/σ; with labels and guidance w: ε̂ = ε̂(none) + w (ε̂(class) − ε̂(none)). w = 1 is the class's own law, w > 1 sharpens it.</para>
/// <para>For one caller at a time. Cost: one pass through the network, two where w is neither 0 nor 1.</para>
/// <para>Source: Ho and Salimans, arXiv 2207.12598.</para>
/// </remarks>
public sealed class DenoiserScore<T> : IScoreModel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenoiserNetwork<T> _network;
    private readonly DenoiserPass<T> _pass;
    private readonly int[] _labels;
    private readonly double _guidance;
    private readonly double[] _alphas;
    private readonly double[] _sigmas;
    private readonly T[] _noise;

    /// <summary>Makes ready to ask <paramref name="network"/>.</summary>
    /// <param name="network">Trained.</param>
    /// <param name="labels">The class of each row that will be asked about, shape [n]; or empty for no class.</param>
    /// <param name="guidance">w ≥ 0; without labels it has no effect.</param>
    /// <param name="threads">At most so many threads; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A label is none of the network's, or the guidance is negative or not finite.</exception>
    public DenoiserScore(DenoiserNetwork<T> network, ReadOnlySpan<int> labels = default, double guidance = 1, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(network);
        Require.Labels(labels, network.Options.Classes);
        Require.Between(guidance, 0, double.MaxValue);
        Require.Positive(threads);
        const int Capacity = 512;
        _network = network;
        _labels = labels.ToArray();
        _guidance = labels.IsEmpty ? 0 : guidance;
        _pass = new DenoiserPass<T>(network, Capacity, threads);
        _alphas = new double[Capacity];
        _sigmas = new double[Capacity];
        _noise = new T[network.Options.Dimensions];
    }

    /// <inheritdoc/>
    public int Dimensions => _network.Options.Dimensions;

    /// <summary>False: the network predicts noise, and there is none.</summary>
    public bool IsDefinedWithoutNoise => false;

    /// <inheritdoc/>
    public void Score(in NoiseLevel level, ReadOnlyMatrixView<T> points, MatrixView<T> scores)
    {
        Require.SameShape(points.Rows, Dimensions, points.Rows, points.Columns, nameof(points));
        Require.SameShape(points.Rows, points.Columns, scores.Rows, scores.Columns, nameof(scores));
        Require.That(
            _labels.Length == 0 || _labels.Length == points.Rows, "There must be one label for each point.", nameof(points));
        for (int start = 0; start < points.Rows; start += _pass.Capacity)
        {
            int rows = Math.Min(_pass.Capacity, points.Rows - start);
            MatrixView<T> part = scores.RowRange(start, rows);
            for (int i = 0; i < rows; i++)
                part.Row(i).Clear();
            if (_guidance != 1)
                AddPass(level, points.RowRange(start, rows), default, 1 - _guidance, part);
            if (_guidance != 0)
                AddPass(level, points.RowRange(start, rows), _labels.AsSpan(start, rows), _guidance, part);
        }
    }

    private void AddPass(in NoiseLevel level, ReadOnlyMatrixView<T> points, ReadOnlySpan<int> labels, double share, MatrixView<T> scores)
    {
        double sigma = level.Sigma;
        _alphas.AsSpan().Fill(level.Alpha);
        _sigmas.AsSpan().Fill(sigma);
        _pass.Forward(points, _alphas, _sigmas, labels);
        for (int i = 0; i < points.Rows; i++)
        {
            DenoiserInputs.Noise<T>(_network.Options, level.Alpha, sigma, points.Row(i), _pass.Outputs.Row(i), _noise);
            LinearCombination.Add(-share / sigma, _noise, scores.Row(i));
        }
    }
}
