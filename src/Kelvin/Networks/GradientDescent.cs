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

    private protected override void Apply(ReadOnlySpan<T> parameters, Span<T> gradient, int start, double learningRate, long step)
    {
        int decayed = DecayedOf(start, gradient.Length);
        if (Options.WeightDecay > 0)
        {
            Span<T> weights = gradient[..decayed];
            TensorPrimitives.MultiplyAdd(parameters[..decayed], T.CreateChecked(Options.WeightDecay), weights, weights);
        }

        ReadOnlySpan<T> direction = gradient;
        if (Options.Kind == OptimiserKind.Momentum)
        {
            Span<T> velocity = _velocity.AsSpan(start, gradient.Length);
            TensorPrimitives.MultiplyAdd(velocity, T.CreateChecked(Options.Momentum), gradient, velocity);
            direction = velocity;
        }

        TensorPrimitives.Multiply(direction, T.CreateChecked(-learningRate), gradient);
    }
}
