using System.Numerics;

namespace Kelvin.Transformers.Blocks;

/// <summary>How a norm moved one row: x̂ = (x − Centre)·Factor.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Centre">μ; 0 for a norm that does not centre.</param>
/// <param name="Factor">r, the reciprocal of the row's size.</param>
public readonly record struct RowScaling<T>(T Centre, T Factor)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
