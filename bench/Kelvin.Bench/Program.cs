using System.Globalization;
using BenchmarkDotNet.Running;
using Kelvin.Bench.Ratios;
using Kelvin.Bench.Transformers;
using Kelvin.Bench.Transformers.LlamaCpp;

namespace Kelvin.Bench;

/// <summary><c>ratios</c> measures the promises; <c>llama-cpp-check</c> holds a peer's logits against ours; <c>torch</c> trains beside PyTorch; anything else goes to BenchmarkDotNet's switcher.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["ratios", ..]:
                return RatiosCommand.Run(arguments.AsSpan(1));
            case ["contestant", string promise, .. string[] sides]:
                return ContestantHost.Serve(promise, sides);
            case ["torch", string python, string script, string text, string steps]:
                return TorchComparison.Run(python, script, text, int.Parse(steps, CultureInfo.InvariantCulture));
            case ["llama-cpp-check"]:
                return LlamaCppCheck.Run();
            default:
                BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
                return 0;
        }
    }
}
