using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Softmax;

/// <summary>Probabilities and all statistics of every row.</summary>
internal sealed class KelvinForward(int length, float temperature, int count = 0) : IContestant
{
    private readonly Rows _rows = new(length, count);
    private readonly SoftmaxStatistics[] _vitals = new SoftmaxStatistics[new Rows(length, count).Count];

    public double UnitsPerRun => _rows.Units;

    public double Sink { get; private set; }

    public void Run()
    {
        var logits = new ReadOnlyMatrixView<float>(_rows.Logits, _rows.Count, _rows.Length);
        var output = new MatrixView<float>(_rows.Output, _rows.Count, _rows.Length);
        SoftmaxRows.Forward(logits, temperature, output, _vitals);
        Sink += _vitals[^1].Entropy;
    }
}
