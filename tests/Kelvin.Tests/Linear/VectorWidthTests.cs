using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;

namespace Kelvin.Tests.Linear;

public sealed class VectorWidthTests
{
    private const string WidestAllowed = "KELVIN_TESTS_WIDEST_VECTOR";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", 256)]
    [InlineData("DOTNET_EnableAVX2", 128)]
    [InlineData("DOTNET_EnableHWIntrinsic", 0)]
    public void The_bounds_hold_in_a_process_with_narrower_vectors(string instructions, int bits)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { typeof(VectorWidthTests).Assembly.Location, "-method", "*stay_within_the_stated_bound", "-method", "*no_wider_than_allowed", "-noColor" },
            Environment = { [instructions] = "0", [WidestAllowed] = bits.ToString(CultureInfo.InvariantCulture) },
        };
        using Process child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();

        Assert.True(child.ExitCode == 0, output);
        Assert.Contains("Total: 5, Errors: 0, Failed: 0, Skipped: 0", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Vectors_are_no_wider_than_allowed()
    {
        int widest = int.Parse(Environment.GetEnvironmentVariable(WidestAllowed) ?? "512", CultureInfo.InvariantCulture);

        int bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

        Assert.InRange(bits, 0, widest);
    }
}
