using Kelvin.Bench.Ratios;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Softmax;

/// <summary>Probabilities and nothing else.</summary>
internal sealed class KelvinPlain(int length) : IContestant
{
    private readonly Rows _rows = new(length);

    public double UnitsPerRun => _rows.Units;

    public void Run() => SoftmaxRows.Probabilities(
        new ReadOnlyMatrixView<float>(_rows.Logits, _rows.Count, _rows.Length), 1f, new MatrixView<float>(_rows.Output, _rows.Count, _rows.Length));
}
