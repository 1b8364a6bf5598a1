namespace Kelvin.Transformers.Blocks;

/// <summary>Cuts columns into blocks for threads: each sums its columns over all rows in order, so that the sums do not depend on the threads.</summary>
internal static class ColumnBlocks
{
    /// <summary>Columns in a block: some whole lines of cache.</summary>
    public const int Width = 64;
}
