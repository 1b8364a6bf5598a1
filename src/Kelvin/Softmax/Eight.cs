using System.Runtime.CompilerServices;

namespace Kelvin.Softmax;

/// <summary>An item for each row of a batch.</summary>
[InlineArray(RowDescriptions.Batch)]
internal struct Eight<TItem>
{
    private TItem _first;
}
