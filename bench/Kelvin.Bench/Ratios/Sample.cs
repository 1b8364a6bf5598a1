using System.Globalization;

namespace Kelvin.Bench.Ratios;

/// <summary>What one contestant reports of one timed stretch, as one line between processes.</summary>
/// <param name="Rate">Units per second / 10⁹.</param>
/// <param name="BytesPerRun">Heap bytes that the running thread allocated per run.</param>
/// <param name="Tier">The JIT's tier of the contestant's <c>Run</c> method, after the warm-up.</param>
/// <param name="Compiled">Methods that the JIT compiled while the stretch was timed: 0 when the code has settled.</param>
internal readonly record struct Sample(double Rate, double BytesPerRun, string Tier, int Compiled)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Rate:R} {BytesPerRun:R} {Tier} {Compiled}");

    public static Sample Parse(string line)
    {
        string[] parts = line.Split(' ');
        return new Sample(
            double.Parse(parts[0], CultureInfo.InvariantCulture),
            double.Parse(parts[1], CultureInfo.InvariantCulture),
            parts[2],
            int.Parse(parts[3], CultureInfo.InvariantCulture));
    }
}
