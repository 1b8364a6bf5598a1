using Kelvin.Networks;

namespace Kelvin.Tests.Networks;

/// <summary>Reads the allocation counter of the training thread after every step.</summary>
internal sealed class AllocationGauge : ITrainingObserver
{
    private readonly long[] _allocated = new long[1000];

    public int Steps { get; private set; }

    public void OnStep(in TrainingStep taken) => _allocated[Steps++] = GC.GetAllocatedBytesForCurrentThread();

    public void OnValidation(in ValidationResult result)
    {
    }

    /// <summary>Bytes allocated between steps of the same epoch, without the first epochs; a new epoch makes a generator for its order.</summary>
    public long WithinEpochs(int stepsPerEpoch, int skip)
    {
        long bytes = 0;
        for (int step = skip * stepsPerEpoch; step < Steps; step++)
            bytes += step % stepsPerEpoch == 0 ? 0 : _allocated[step] - _allocated[step - 1];
        return bytes;
    }
}
