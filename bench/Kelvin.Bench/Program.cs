using BenchmarkDotNet.Running;
using Kelvin.Bench.Ratios;

namespace Kelvin.Bench;

/// <summary><c>ratios</c> measures the promises; anything else goes to BenchmarkDotNet's switcher.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["ratios", ..]:
                return RatiosCommand.Run(arguments.AsSpan(1));
            case ["contestant", string promise, string side]:
                return ContestantHost.Serve(promise, side);
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
                return 0;
        }
    }
}
