using System.Diagnostics;

namespace Kelvin.Bench.Ratios;

/// <summary>The parent's end of a process of one contestant, or of several.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private readonly Process _process;

    public ContestantProcess(string promise, IReadOnlyList<string> sides)
    {
        Sides = sides;
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "contestant", promise },
        };
        foreach (string side in sides)
            start.ArgumentList.Add(side);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
            start.ArgumentList.Insert(0, typeof(ContestantProcess).Assembly.Location);

        _process = Process.Start(start)!;
        if (ReadLine() != "ready")
            throw new InvalidOperationException($"The {string.Join(" and ", sides)} side of {promise} did not get ready.");
    }

    /// <summary>The sides that run in it.</summary>
    public IReadOnlyList<string> Sides { get; }

    public Sample Measure(string side)
    {
        _process.StandardInput.WriteLine(side);
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
