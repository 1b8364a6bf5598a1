using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Tangents;

/// <summary>Tangent kernels against the generic way, per-example gradients and J·Jᵀ, and against the speed of our own product.</summary>
internal static class TangentPromises
{
    private const string Generic = "n × d·m gradients materialised, then J·Jᵀ by our Gram";
    private const double OneKernel = 1e9;

    public static IEnumerable<Promise> All()
    {
        foreach ((int inputs, double goal) in new[] { (64, 45.0), (256, 130.0) })
        {
            yield return new Promise(
                $"ntk.kernel-1000x1024-d{inputs}", "kernel/s", goal,
                () => new GramWay(Narrow(inputs), OneKernel), () => new JacobianWay(Narrow(inputs), OneKernel))
            {
                Against = Generic,
                AllocatesNothing = false,
            };
            yield return new Promise(
                $"ntk.memory-1000x1024-d{inputs}", "1/GB", 20,
                () => new FirstCallMemory(() => new GramWay(Narrow(inputs), OneKernel)),
                () => new FirstCallMemory(() => new JacobianWay(Narrow(inputs), OneKernel)))
            {
                Against = Generic,
                AllocatesNothing = false,
            };
        }

        yield return new Promise(
            "ntk.kernel-8000x4096-two-threads", "GFLOP/s", 0.60, () => new GramWay(Wide(), Wide().Operations, threads: 2), () => new DoubleProduct(2))
        {
            Against = "our product of two 1024 × 1024 matrices",
            AllocatesNothing = false,
        };
        yield return new Promise(
            "ntk.memory-8000x4096", "1/GB", 1, () => new PeakMemory(new GramWay(Wide(), 1, threads: 2)), () => new Allowance(1 / 2.0))
        {
            Against = "2 GB for the whole process",
            AllocatesNothing = false,
        };
    }

    private static KernelProblem Narrow(int inputs) => new(1000, inputs, 1024);

    private static KernelProblem Wide() => new(8000, 64, 4096);
}
