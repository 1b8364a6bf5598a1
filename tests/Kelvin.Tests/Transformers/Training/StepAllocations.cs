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

    /// <summary>The most that a step allocated that began no new epoch, without the first steps and without the one that allocated most.</summary>
    /// <remarks>Once in a run the runtime may allocate on the thread, to compile or to collect.</remarks>
    public long MostWithinEpochs(int stepsPerEpoch, int skip) =>
        Enumerable.Range(skip, _count - skip).Where(step => step % stepsPerEpoch != 0).Select(step => _allocated[step] - _allocated[step - 1]).OrderDescending().ElementAt(1);
}
