using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Doctor;

/// <summary>What the machine is: runtime, system, processor, memory, terminal.</summary>
internal static class MachineChecks
{
    private const long SmallMemory = 1L << 29;

    public static IEnumerable<Check> All(CliHost host)
    {
        yield return Runtime();
        yield return Check.Good("system", $"{RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.ProcessArchitecture}");
        yield return Check.Good("processor", $"{ProcessorName()}, {Count(System.Environment.ProcessorCount, "core")}");
        yield return Simd();
        yield return Memory();
        yield return Terminal(host);
    }

    private static Check Runtime()
    {
        const int needed = 10;
        string found = RuntimeInformation.FrameworkDescription;
        return System.Environment.Version.Major >= needed
            ? Check.Good("runtime", found)
            : new Check("runtime", CheckState.Missing, found, $"Install .NET {needed} or later.");
    }

    private static Check Simd()
    {
        List<string> widths = [];
        if (Vector512.IsHardwareAccelerated)
            widths.Add("512");
        if (Vector256.IsHardwareAccelerated)
            widths.Add("256");
        if (Vector128.IsHardwareAccelerated)
            widths.Add("128");
        return widths.Count > 0
            ? Check.Good("vector widths", $"{string.Join(", ", widths)} bits")
            : new Check("vector widths", CheckState.Warning, "none", "Kelvin works, but several times slower.");
    }

    private static Check Memory()
    {
        long bytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        string found = $"{Gigabytes(bytes)} usable";
        return bytes >= SmallMemory
            ? Check.Good("memory", found)
            : new Check("memory", CheckState.Warning, found, "Large data sets may not fit.");
    }

    private static Check Terminal(CliHost host)
    {
        string kind = host.OutputIsTerminal
            ? FormattableString.Invariant($"{host.Console.Profile.Width} columns, {(host.ColoursErrors ? "colour" : "no colour")}")
            : "output is redirected: no colour, no progress bars";
        return Check.Good("terminal", kind);
    }

    private static string ProcessorName()
    {
        const string file = "/proc/cpuinfo";
        if (!OperatingSystem.IsLinux() || !File.Exists(file))
            return RuntimeInformation.ProcessArchitecture.ToString();

        string? line = File.ReadLines(file).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    internal static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB";

    private static string Count(int n, string noun) => FormattableString.Invariant($"{n} {noun}{(n == 1 ? string.Empty : "s")}");
}
