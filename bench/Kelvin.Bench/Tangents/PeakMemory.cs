using System.Diagnostics;
using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Tangents;

/// <summary>How little memory the whole process had at its largest, runtime and code included: 1/GB.</summary>
internal sealed class PeakMemory(IContestant way) : IGauge
{
    public double UnitsPerRun => 1;

    public double Reading { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
        way.Run();
        using var process = Process.GetCurrentProcess();
        Reading = 1e9 / process.PeakWorkingSet64;
    }
}
