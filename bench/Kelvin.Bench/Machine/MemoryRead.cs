using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Machine;

/// <summary>Reads memory far larger than the caches and does next to nothing with it: the read bandwidth of some threads, in bytes.</summary>
internal sealed class MemoryRead : IContestant, IDisposable
{
    private readonly float[] _memory;
    private readonly float[] _sinks;
    private readonly Team _team;

    public MemoryRead(int floats, int threads = 1)
    {
        _memory = new float[floats];
        Array.Fill(_memory, 1f);
        _sinks = new float[threads * 32];
        _team = new Team(threads, Read);
    }

    public double UnitsPerRun => sizeof(float) * (double)_memory.Length;

    public float Sink => _sinks[0];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() => _team.Run();

    public void Dispose() => _team.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(int thread)
    {
        int share = _memory.Length / _team.Threads;
        ReadOnlySpan<Vector<float>> memory = MemoryMarshal.Cast<float, Vector<float>>(_memory.AsSpan(thread * share, share));
        Vector<float> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 3 < memory.Length; i += 4)
        {
            a += memory[i];
            b += memory[i + 1];
            c += memory[i + 2];
            d += memory[i + 3];
        }

        _sinks[thread * 32] = Vector.Sum(a + b + c + d);
    }
}
