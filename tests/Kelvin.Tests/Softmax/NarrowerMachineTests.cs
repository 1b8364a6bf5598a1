using System.Diagnostics;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>Runs the suite of this folder again in processes whose machine has fewer instructions.</summary>
public sealed class NarrowerMachineTests
{
    private const string Expected = "KELVIN_EXPECTED_LANES";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 8)]
    [InlineData("DOTNET_EnableAVX2", 4)]
    [InlineData("DOTNET_EnableHWIntrinsic", 1)]
    public async Task The_suite_passes_without(string instructions, int lanes)
    {
        if (Environment.GetEnvironmentVariable(Expected) is not null)
            return;   // already in such a process

        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
            start.ArgumentList.Add(typeof(NarrowerMachineTests).Assembly.Location);
        foreach (string name in new[] { "BestWidthTests", "EdgeTests", "ExpTests", "MetamorphicTests", "SoftmaxRowsTests" })
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add($"{typeof(NarrowerMachineTests).Namespace}.{name}");
        }

        start.Environment[instructions] = "0";
        start.Environment[Expected] = $"{Math.Min(lanes, RowKernels<float>.Best.Lanes)}";
        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await child.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(child.ExitCode == 0, output + await errors);
    }
}
