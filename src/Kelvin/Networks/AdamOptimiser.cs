using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Kelvin.Networks;

/// <summary>Adam and AdamW: Δ = −η m̂/(√v̂ + ε), with decay in the gradient or in the step.</summary>
internal sealed class AdamOptimiser<T> : Optimiser<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _mean;
    private readonly T[] _square;

    public AdamOptimiser(OptimiserOptions options, int count, int decayed)
        : base(options, count, decayed)
    {
        _mean = new T[count];
        _square = new T[count];
        State = [_mean, _square];
    }

    internal override IReadOnlyList<T[]> State { get; }

    private protected override void Apply(ReadOnlySpan<T> parameters, Span<T> gradient, int start, double learningRate, long step)
    {
        int decayed = DecayedOf(start, gradient.Length);
        T decay = T.CreateChecked(Options.WeightDecay);
        bool isDecoupled = Options.Kind == OptimiserKind.AdamW;
        if (Options.WeightDecay > 0 && !isDecoupled)
            TensorPrimitives.MultiplyAdd(parameters[..decayed], decay, gradient[..decayed], gradient[..decayed]);

        var constants = new Constants(
            T.CreateChecked(Options.Beta1),
            T.CreateChecked(1 - Options.Beta1),
            T.CreateChecked(Options.Beta2),
            T.CreateChecked(1 - Options.Beta2),
            T.CreateChecked(-learningRate / (1 - Math.Pow(Options.Beta1, step))),
            T.CreateChecked(1 / Math.Sqrt(1 - Math.Pow(Options.Beta2, step))),
            T.CreateChecked(Options.Epsilon));
        Span<T> mean = _mean.AsSpan(start, gradient.Length), square = _square.AsSpan(start, gradient.Length);
        int wide = gradient.Length - (gradient.Length % Vector<T>.Count);
        UpdateWide(constants, gradient[..wide], mean, square);
        for (int i = wide; i < gradient.Length; i++)
            gradient[i] = Update(constants, gradient[i], ref mean[i], ref square[i]);

        if (Options.WeightDecay > 0 && isDecoupled)
            TensorPrimitives.MultiplyAdd(parameters[..decayed], T.CreateChecked(-learningRate) * decay, gradient[..decayed], gradient[..decayed]);
    }

    private static T Update(in Constants c, T g, ref T mean, ref T square)
    {
        mean = (c.Beta1 * mean) + (c.Rest1 * g);
        square = (c.Beta2 * square) + (c.Rest2 * (g * g));
        return c.Rate * mean / ((T.Sqrt(square) * c.RootCorrection) + c.Epsilon);
    }

    private static void UpdateWide(in Constants c, Span<T> gradient, Span<T> means, Span<T> squares)
    {
        Span<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        Span<Vector<T>> mean = MemoryMarshal.Cast<T, Vector<T>>(means);
        Span<Vector<T>> square = MemoryMarshal.Cast<T, Vector<T>>(squares);
        var epsilon = new Vector<T>(c.Epsilon);
        for (int i = 0; i < g.Length; i++)
        {
            Vector<T> m = (mean[i] * c.Beta1) + (g[i] * c.Rest1);
            Vector<T> v = (square[i] * c.Beta2) + (g[i] * g[i] * c.Rest2);
            mean[i] = m;
            square[i] = v;
            g[i] = m * c.Rate / ((Vector.SquareRoot(v) * c.RootCorrection) + epsilon);
        }
    }

    private readonly record struct Constants(T Beta1, T Rest1, T Beta2, T Rest2, T Rate, T RootCorrection, T Epsilon);
}
