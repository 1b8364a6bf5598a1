namespace Kelvin.Linear;

/// <summary>Work over a range of indices that can be done in pieces, in any order and on any thread.</summary>
internal interface IRangeBody
{
    /// <summary>Does the indices from <paramref name="start"/> up to but not including <paramref name="end"/>.</summary>
    void Run(int start, int end);
}
