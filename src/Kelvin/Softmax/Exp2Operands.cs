using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Softmax;

/// <summary>The coefficients of <see cref="Exp2Polynomial"/> in a row of float, laid out in memory for machines with few registers: an operand there takes neither a register
/// nor an instruction of its own.</summary>
internal readonly unsafe struct Exp2Operands
{
    /// <summary>Floats from one coefficient to the next: each lies there over two vectors, since the compiler would read what is used twice into a register, and push a sum
    /// of the loop around it out of one.</summary>
    private const int Each = 16;

    // In an array, since the compiler knows a field that does not change, and would write out the address of each.
    private static readonly float*[] Place = [LayOut()];

    private Exp2Operands(float* at) => At = at;

    /// <summary>Where they lie. To be taken before any loop: a static may have to be made first, and what is at hand then would not be kept in registers.</summary>
    public static Exp2Operands There
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Place[0]);
    }

    /// <summary>The first of them.</summary>
    public float* At { get; }

    private static float* LayOut()
    {
        ReadOnlySpan<float> coefficients = Exp2Polynomial.InRow;
        float* memory = (float*)NativeMemory.AlignedAlloc((nuint)(coefficients.Length * Each * sizeof(float)), 64);   // for as long as the process runs
        for (int i = 0; i < coefficients.Length; i++)
            new Span<float>(memory + (i * Each), Each).Fill(coefficients[i]);
        return memory;
    }
}
