namespace Kelvin.Tangents;

/// <summary>Steps of gradient descent with momentum while the Jacobian stays as it was where the segment began.</summary>
/// <remarks>
/// By eigenvector: p ← μ p + u, g ← μ g, u ← u − η(κλ p + g), s ← s + p, where g is what the velocity brought along does to the outputs. In the
/// parameters: v = Jᵀp + μᵏv₀, and they have moved by −η(Jᵀs + (μ + … + μᵏ)v₀).
/// </remarks>
internal sealed class LinearSegment
{
    private readonly KernelSpectrum _spectrum;
    private readonly double _rate;
    private readonly double _momentum;
    private readonly double[] _residual;
    private readonly double[] _velocity;
    private readonly double[] _way;
    private readonly double[] _brought;

    public LinearSegment(KernelSpectrum spectrum, ReadOnlySpan<double> residual, ReadOnlySpan<double> broughtOutputs, double rate, double momentum)
    {
        (_spectrum, _rate, _momentum) = (spectrum, rate, momentum);
        _residual = spectrum.Project(residual);
        _brought = broughtOutputs.IsEmpty ? [] : spectrum.Project(broughtOutputs);
        _velocity = new double[_residual.Length];
        _way = new double[_residual.Length];
    }

    /// <summary>½‖u‖² now.</summary>
    public double Loss => KernelPrediction.HalfSquare(_residual);

    /// <summary>p, in outputs.</summary>
    public double[] Velocity => _spectrum.Compose(_velocity);

    /// <summary>s, in outputs.</summary>
    public double[] Way => _spectrum.Compose(_way);

    /// <summary>μᵏ.</summary>
    public double BroughtShare { get; private set; } = 1;

    /// <summary>μ + … + μᵏ.</summary>
    public double BroughtWay { get; private set; }

    public void Step()
    {
        BroughtShare *= _momentum;
        BroughtWay += BroughtShare;
        ReadOnlySpan<double> values = _spectrum.Values.Span;
        for (int j = 0; j < values.Length; j++)
        {
            _velocity[j] = (_momentum * _velocity[j]) + _residual[j];
            _residual[j] -= _rate * _spectrum.Factor * values[j] * _velocity[j];
            if (_brought.Length > 0)
                _residual[j] -= _rate * BroughtShare * _brought[j];
            _way[j] += _velocity[j];
        }
    }
}
