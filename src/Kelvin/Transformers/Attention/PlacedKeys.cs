using System.Runtime.CompilerServices;

namespace Kelvin.Transformers.Attention;

/// <summary>Six keys where they lie in their matrix, each in one piece.</summary>
internal readonly struct PlacedKeys : IRowLayout
{
    public static int Step => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref T At<T>(ref T a, nint apart, int row, int steps) => ref Unsafe.Add(ref a, (row * apart) + steps);
}
