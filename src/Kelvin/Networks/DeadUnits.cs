using System.Numerics;
using System.Numerics.Tensors;
using Kelvin.Linear;

namespace Kelvin.Networks;

/// <summary>Counts the hidden units that did nothing for a whole batch.</summary>
internal sealed class DeadUnits<T>(HiddenActivation activation, int hidden)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly bool _canDie = activation is HiddenActivation.Relu or HiddenActivation.Gelu;
    private readonly T _threshold = activation == HiddenActivation.Gelu ? T.CreateChecked(1e-3) : T.Zero;
    private readonly T[] _largest = new T[hidden];

    /// <summary>Share of units whose output stayed at 0 (ReLU) or below 0.001 in size (GELU) in every row; NaN for other activations.</summary>
    public double Share(MatrixView<T> rows)
    {
        if (!_canDie)
            return double.NaN;

        Array.Clear(_largest);
        for (int i = 0; i < rows.Rows; i++)
            TensorPrimitives.MaxMagnitude<T>(_largest, rows.Row(i), _largest);

        int dead = 0;
        foreach (T value in _largest)
            dead += T.Abs(value) <= _threshold ? 1 : 0;
        return (double)dead / _largest.Length;
    }
}
