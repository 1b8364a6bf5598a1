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

    /// <summary>Bytes allocated between steps of the same epoch, without the first epochs and without the step that allocated most.</summary>
    /// <remarks>A new epoch makes a generator for its order; and once in a run the runtime may allocate on the thread, to compile or to collect.</remarks>
    public long WithinEpochs(int stepsPerEpoch, int skip)
    {
        long sum = 0;
        long most = 0;
        for (int step = skip * stepsPerEpoch; step < Steps; step++)
        {
            long bytes = step % stepsPerEpoch == 0 ? 0 : _allocated[step] - _allocated[step - 1];
            sum += bytes;
            most = Math.Max(most, bytes);
        }

        return sum - most;
    }
}
