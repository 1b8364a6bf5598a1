using System.Numerics;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Temperatures;

/// <summary>NLL(β) = mean(lse(β zᵢ) − β zᵢ,yᵢ) of labelled logits, with its first two derivatives.</summary>
/// <remarks>
/// Rows are kept as d = (z − max z)/scale, scale the largest |z − max z| of all, so that nothing cancels at |z| = 1e4 and no
/// square overflows. The curve is that of d, in β·scale; <see cref="At"/> takes and gives the units of z.
/// </remarks>
internal sealed class LikelihoodInBeta
{
    private readonly double[] _d;
    private readonly double[] _ofLabel;
    private readonly double[] _weights;
    private readonly int _classes;

    private LikelihoodInBeta(int rows, int classes)
    {
        _d = new double[(long)rows * classes];
        _ofLabel = new double[rows];
        _weights = new double[classes];
        _classes = classes;
    }

    /// <summary>Whether the NLL is finite for finite β.</summary>
    public bool IsFinite { get; private set; } = true;

    /// <summary>The largest distance of a logit from its row's maximum, masked ones left out.</summary>
    public double Scale { get; private set; }

    /// <summary>Whether every label has its row's largest logit.</summary>
    public bool IsSeparable => Array.TrueForAll(_ofLabel, d => d == 0);

    public static LikelihoodInBeta Of<T>(ReadOnlyMatrixView<T> logits, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var curve = new LikelihoodInBeta(logits.Rows, logits.Columns);
        for (int i = 0; i < logits.Rows; i++)
            curve.Set(i, logits.Row(i), labels[i]);
        for (int j = 0; j < curve._d.Length && curve.Scale > 0; j++)
            curve._d[j] /= curve.Scale;
        for (int i = 0; i < labels.Length; i++)
            curve._ofLabel[i] = curve._d[(i * curve._classes) + labels[i]];
        return curve;
    }

    /// <summary>The curve at β ≥ 0, +∞ included.</summary>
    public LikelihoodPoint At(double beta)
    {
        double nll = 0;
        double slope = 0;
        double curvature = 0;
        double scaled = beta * Scale;
        for (int i = 0; i < _ofLabel.Length; i++)
        {
            ReadOnlySpan<double> d = _d.AsSpan(i * _classes, _classes);
            (double logSum, double mean, double variance) = Row(d, scaled);
            nll += logSum - (_ofLabel[i] == 0 ? 0 : scaled * _ofLabel[i]);
            slope += mean - _ofLabel[i];
            curvature += variance;
        }

        double rows = _ofLabel.Length;
        return new LikelihoodPoint(beta, nll / rows, slope / rows * Scale, curvature / rows * Scale * Scale);
    }

    /// <summary>log Σ exp(β d), and mean and variance of d under softmax(β d).</summary>
    private (double LogSum, double Mean, double Variance) Row(ReadOnlySpan<double> d, double beta)
    {
        for (int k = 0; k < d.Length; k++)
            _weights[k] = d[k] == 0 || double.IsNegativeInfinity(d[k]) ? d[k] : beta * d[k];
        VectorExp.Exp(_weights, _weights);

        double tail = 0;
        double first = 0;
        bool hasMaximum = false;
        for (int k = 0; k < d.Length; k++)
        {
            bool isFirstMaximum = d[k] == 0 && !hasMaximum;
            hasMaximum |= isFirstMaximum;
            tail += isFirstMaximum ? 0 : _weights[k];
            first += _weights[k] == 0 ? 0 : _weights[k] * d[k];
        }

        double mean = first / (1 + tail);
        double second = 0;
        for (int k = 0; k < d.Length; k++)
            second += _weights[k] == 0 ? 0 : _weights[k] * (d[k] - mean) * (d[k] - mean);
        return (double.LogP1(tail), mean, second / (1 + tail));
    }

    private void Set<T>(int row, ReadOnlySpan<T> logits, int label)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> d = _d.AsSpan(row * _classes, _classes);
        ShiftedRow.Write(logits, d);
        IsFinite &= double.IsFinite(d[label]);
        foreach (double x in d)
            Scale = double.IsNegativeInfinity(x) ? Scale : Math.Max(Scale, -x);
    }
}
