using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>What the kernel of a set of points is made of: J itself is never formed.</summary>
/// <param name="Options">The network's.</param>
/// <param name="Inputs">X, shape n × d.</param>
/// <param name="Slopes">D, shape n·d_out × m, output-major: row l·n + i is ∂F_il/∂(X W + b)_i.</param>
/// <param name="Hidden">φ(Z), shape n × m where A is trained, else 0 × 0.</param>
internal sealed record KernelFeatures<T>(NetworkOptions Options, ReadOnlyMatrixView<T> Inputs, ReadOnlyMatrixView<T> Slopes, ReadOnlyMatrixView<T> Hidden)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public int Rows => Inputs.Rows;

    /// <summary>The slopes of one output at some of the points.</summary>
    public ReadOnlyMatrixView<T> SlopesOf(int output, int start, int count) => Slopes.RowRange((output * Rows) + start, count);
}
