using System.Diagnostics;

namespace Kelvin.Bench.Ratios;

/// <summary>The parent's end of a contestant's process.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Process _process;

    public ContestantProcess(string promise, string side)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "contestant", promise, side },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Insert(0, typeof(ContestantProcess).Assembly.Location);

        _process = Process.Start(start)!;
        if (ReadLine() != "ready")
            throw new InvalidOperationException($"The {side} side of {promise} did not get ready.");
    }

    public Sample Measure()
    {
        _process.StandardInput.WriteLine("measure");
        return Sample.Parse(ReadLine());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill();
        _process.Dispose();
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("A contestant ended early; its error is above.");
}
