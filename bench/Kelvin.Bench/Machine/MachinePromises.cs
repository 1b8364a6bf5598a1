using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Machine;

/// <summary>No promise of ours, but the harness held against itself: a contestant against its equal must come out at 1.</summary>
internal static class MachinePromises
{
    public static IEnumerable<Promise> All()
    {
        yield return new Promise("machine.fma-peak", "GFLOP/s", 0.95, () => new FmaPeak(1), () => new FmaPeak(1)) { Against = "itself, in another process" };
        yield return new Promise("machine.memory-read", "GB/s", 0.90, () => new MemoryRead(64 << 20), () => new MemoryRead(64 << 20)) { Against = "itself, in another process" };
    }
}
