using Kelvin.Networks;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

/// <summary>Reads the allocation counter of the training thread after every step.</summary>
internal sealed class StepAllocations(int steps) : ITransformerObserver
{
    private readonly long[] _allocated = new long[steps];
    private int _count;

    public void OnStep(in TransformerStep taken) => _allocated[_count++] = GC.GetAllocatedBytesForCurrentThread();

    public void OnValidation(in ValidationResult result)
    {
    }

    /// <summary>The most that a step allocated that began no new epoch, the first steps aside.</summary>
    public long MostWithinEpochs(int stepsPerEpoch, int skip) =>
        Enumerable.Range(skip, _count - skip).Where(step => step % stepsPerEpoch != 0).Max(step => _allocated[step] - _allocated[step - 1]);
}
