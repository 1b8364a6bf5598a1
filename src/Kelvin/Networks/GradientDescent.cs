using System.Numerics;
using System.Numerics.Tensors;

namespace Kelvin.Networks;

/// <summary>Δ = −η v with v ← μ v + g; without momentum v is g itself.</summary>
internal sealed class GradientDescent<T> : Optimiser<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _velocity;

    public GradientDescent(OptimiserOptions options, int count, int decayed)
        : base(options, count, decayed)
    {
        _velocity = options.Kind == OptimiserKind.Momentum ? new T[count] : [];
        State = options.Kind == OptimiserKind.Momentum ? [_velocity] : [];
    }

    internal override IReadOnlyList<T[]> State { get; }

    private protected override void Apply(ReadOnlySpan<T> parameters, Span<T> gradient, double learningRate, long step)
    {
        if (Options.WeightDecay > 0)
        {
            Span<T> weights = gradient[..Decayed];
            TensorPrimitives.MultiplyAdd(parameters[..Decayed], T.CreateChecked(Options.WeightDecay), weights, weights);
        }

        ReadOnlySpan<T> direction = gradient;
        if (Options.Kind == OptimiserKind.Momentum)
        {
            TensorPrimitives.MultiplyAdd(_velocity, T.CreateChecked(Options.Momentum), gradient, _velocity);
            direction = _velocity;
        }

        TensorPrimitives.Multiply(direction, T.CreateChecked(-learningRate), gradient);
    }
}
