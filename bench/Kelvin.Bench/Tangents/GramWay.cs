using System.Runtime.CompilerServices;
using Kelvin.Bench.Ratios;
using Kelvin.Tangents;

namespace Kelvin.Bench.Tangents;

/// <summary>The kernel from Gram matrices, its memory kept from run to run; counts kernels or operations.</summary>
internal sealed class GramWay(KernelProblem problem, double units, int threads = 1) : IContestant
{
    private readonly TangentKernelOptions _options = new() { Threads = threads };
    private readonly KernelRoom<double> _room = new();

    public double UnitsPerRun => units;

    public double Trace { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run() => Trace = TangentKernel.Compute<double>(problem.Network, problem.Points, _room, _options).Trace;
}
