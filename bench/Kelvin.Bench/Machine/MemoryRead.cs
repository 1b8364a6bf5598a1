using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Machine;

/// <summary>Reads memory far larger than the caches and does next to nothing with it: the read bandwidth of one thread, in bytes.</summary>
internal sealed class MemoryRead : IContestant
{
    private readonly float[] _memory;
    private float _sink;

    public MemoryRead(int floats)
    {
        _memory = new float[floats];
        Array.Fill(_memory, 1f);
    }

    public double UnitsPerRun => sizeof(float) * (double)_memory.Length;

    public float Sink => _sink;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        ReadOnlySpan<Vector<float>> memory = System.Runtime.InteropServices.MemoryMarshal.Cast<float, Vector<float>>(_memory);
        Vector<float> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 3 < memory.Length; i += 4)
        {
            a += memory[i];
            b += memory[i + 1];
            c += memory[i + 2];
            d += memory[i + 3];
        }

        _sink = Vector.Sum(a + b + c + d);
    }
}
