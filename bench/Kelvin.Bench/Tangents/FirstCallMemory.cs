using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Tangents;

/// <summary>How little memory a way takes: 1/GB of all that it allocates until its first result is there, set-up and packing buffers included.</summary>
internal sealed class FirstCallMemory(Func<IContestant> way) : IGauge
{
    private double _bytes;

    public double UnitsPerRun => 1;

    public double Reading => 1e9 / _bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        if (_bytes > 0)
            return;

        long before = GC.GetTotalAllocatedBytes(precise: true);
        way().Run();
        _bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
