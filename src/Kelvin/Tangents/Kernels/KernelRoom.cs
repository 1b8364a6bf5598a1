using System.Numerics;
using Kelvin.Linear;

namespace Kelvin.Tangents;

/// <summary>Memory for a kernel, kept from one computation to the next: for one caller who follows a kernel through training.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>A kernel computed in a room lies in it, and the next one computed there overwrites it. It grows to the largest kernel seen.</remarks>
public sealed class KernelRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _kernel = [];
    private T[] _slopes = [];
    private T[] _hidden = [];

    internal MatrixView<T> Kernel(int rows, int columns) => Take(ref _kernel, rows, columns);

    internal MatrixView<T> Slopes(int rows, int columns) => Take(ref _slopes, rows, columns);

    internal MatrixView<T> Hidden(int rows, int columns) => Take(ref _hidden, rows, columns);

    private static MatrixView<T> Take(ref T[] array, int rows, int columns)
    {
        int length = checked(rows * columns);
        if (array.Length < length)
            array = GC.AllocateUninitializedArray<T>(length);
        return new MatrixView<T>(array, rows, columns);
    }
}
