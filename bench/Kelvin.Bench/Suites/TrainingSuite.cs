using BenchmarkDotNet.Attributes;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Bench.Suites;

/// <summary>A hundred training steps of a two-layer network, vitals included.</summary>
[MemoryDiagnoser]
public class TrainingSuite
{
    private const int Inputs = 64;
    private const int Classes = 10;
    private const int Examples = 1024;
    private const int Steps = 100;

    private TrainingSet<float> _set = null!;
    private Trainer<float> _trainer = null!;

    [Params(HiddenActivation.Softmax, HiddenActivation.Exp, HiddenActivation.Relu, HiddenActivation.Gelu)]
    public HiddenActivation Activation { get; set; }

    [Params(32, 256)]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        MatrixView<float> inputs = MatrixView.Allocate<float>(Examples, Inputs);
        for (int i = 0; i < Examples; i++)
        {
            for (int j = 0; j < Inputs; j++)
                inputs[i, j] = MathF.Sin((i * 7) + j);
        }

        _set = TrainingSet.Classification<float>(inputs, Enumerable.Range(0, Examples).Select(i => i % Classes).ToArray());
    }

    [IterationSetup]
    public void Start()
    {
        var network = TwoLayerNetwork.Create<float>(new() { Inputs = Inputs, Hidden = 256, Outputs = Classes, Activation = Activation }, 1);
        _trainer = new Trainer<float>(network, _set, null, new() { BatchSize = Batch, Epochs = int.MaxValue, Optimiser = new() { Kind = OptimiserKind.AdamW } });
    }

    [Benchmark(OperationsPerInvoke = Steps)]
    public void Step() => _trainer.Run(null, Steps);
}
