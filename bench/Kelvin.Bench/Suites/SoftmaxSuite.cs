using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using Kelvin.Bench.Softmax;
using Kelvin.Linear;
using Kelvin.Softmax;

namespace Kelvin.Bench.Suites;

/// <summary>What each operation on a row of logits costs, beside the in-box softmax.</summary>
[MemoryDiagnoser]
public class SoftmaxSuite
{
    private Rows _rows = null!;
    private SoftmaxStatistics[] _vitals = [];
    private int[] _labels = [];

    [Params(64, 1024, 32_768)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        _rows = new Rows(Length);
        _vitals = new SoftmaxStatistics[_rows.Count];
        _labels = [.. Enumerable.Range(0, _rows.Count).Select(i => i % Length)];
    }

    [Benchmark(Baseline = true)]
    public void InBox()
    {
        for (int row = 0; row < _rows.Count; row++)
            TensorPrimitives.SoftMax(_rows.Input(row), _rows.To(row));
    }

    [Benchmark]
    public void Probabilities() => SoftmaxRows.Probabilities(Logits(), 1f, Output());

    [Benchmark]
    public void LogProbabilities() => SoftmaxRows.LogProbabilities(Logits(), 1f, Output());

    [Benchmark]
    public void ProbabilitiesAndVitals() => SoftmaxRows.Forward(Logits(), 1f, Output(), _vitals);

    [Benchmark]
    public void Vitals() => SoftmaxRows.Statistics(Logits(), 1f, _vitals);

    [Benchmark]
    public double CrossEntropy() => SoftmaxRows.CrossEntropy(Logits(), _labels, 1f, 0f, Output());

    [Benchmark]
    public void Backward() =>
        SoftmaxRows.Backward(Output(), new ReadOnlyMatrixView<float>(_rows.Gradient, _rows.Count, Length), 1f, new MatrixView<float>(_rows.Result, _rows.Count, Length));

    private ReadOnlyMatrixView<float> Logits() => new(_rows.Logits, _rows.Count, Length);

    private MatrixView<float> Output() => new(_rows.Output, _rows.Count, Length);
}
