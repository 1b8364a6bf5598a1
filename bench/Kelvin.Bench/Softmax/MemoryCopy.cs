using Kelvin.Bench.Ratios;

namespace Kelvin.Bench.Softmax;

/// <summary>Copies rows and does nothing else: what the memory allows an operation that reads and writes each element once.</summary>
internal sealed class MemoryCopy(int length, int count) : IContestant
{
    private readonly Rows _rows = new(length, count);

    public double UnitsPerRun => _rows.Units;

    public void Run()
    {
        for (int i = 0; i < _rows.Count; i++)
            _rows.Input(i).CopyTo(_rows.To(i));
    }
}
