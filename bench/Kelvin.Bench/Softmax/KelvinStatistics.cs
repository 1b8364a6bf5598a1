using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Softmax;

/// <summary>All statistics, no probabilities.</summary>
internal sealed class KelvinStatistics(int length, float temperature) : IContestant
{
    private readonly Rows _rows = new(length);
    private readonly SoftmaxStatistics[] _vitals = new SoftmaxStatistics[new Rows(length).Count];

    public double UnitsPerRun => _rows.Units;

    public double Sink { get; private set; }

    public void Run()
    {
        SoftmaxRows.Statistics(new ReadOnlyMatrixView<float>(_rows.Logits, _rows.Count, _rows.Length), temperature, _vitals);
        Sink += _vitals[^1].Entropy;
    }
}
