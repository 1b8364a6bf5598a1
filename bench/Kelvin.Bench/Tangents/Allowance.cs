using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Tangents;

/// <summary>A number to be held against, such as a limit.</summary>
internal sealed class Allowance(double reading) : IGauge
{
    public double UnitsPerRun => 1;

    public double Reading => reading;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run()
    {
    }
}
