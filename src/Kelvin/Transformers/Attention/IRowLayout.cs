namespace Kelvin.Transformers.Attention;

/// <summary>How the six rows of the left factor of a tile lie, known when the kernel is compiled.</summary>
internal interface IRowLayout
{
    /// <summary>Elements from one row to the next.</summary>
    static abstract int RowStride { get; }
}
