using System.Diagnostics;
using System.Globalization;

namespace Kelvin.Cli.Tests;

/// <summary>The command as the system runs it: a process of its own, with signals, limits and exit codes.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts <c>kelvin</c> with some arguments in a folder.</summary>
    public static ChildProcess Start(string folder, params string[] arguments) =>
        Launch(folder, "env", ["--default-signal=INT", "dotnet", Assembly, .. arguments]);   // started in the background, a shell has it ignored

    /// <summary>Starts a shell line in which <c>$KELVIN</c> stands for the command.</summary>
    public static ChildProcess StartShell(string folder, string line) => Launch(folder, "bash", ["-c", line]);

    /// <summary>Sends a signal by its name, such as INT.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and tells the most memory that was resident, looked up every 20 ms: the system keeps the maximum itself.</summary>
    public async Task<long> PeakAsync()
    {
        long peak = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!_process.HasExited && await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
        {
            _process.Refresh();
            peak = Math.Max(peak, _process.HasExited ? 0 : _process.PeakWorkingSet64);
        }

        return peak;
    }

    /// <summary>Waits for the end and tells how it ended.</summary>
    public async Task<CliRun> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "Kelvin.Cli.dll");

    private static ChildProcess Launch(string folder, string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("KELVIN_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["KELVIN"] = $"dotnet {Assembly}";
        return new ChildProcess(Process.Start(start)!);
    }
}
