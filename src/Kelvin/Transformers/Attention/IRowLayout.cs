namespace Kelvin.Transformers.Attention;

/// <summary>How the six rows of the left factor of a tile lie, but for one distance known when the kernel is compiled.</summary>
internal interface IRowLayout
{
    /// <summary>Elements from one row to the next.</summary>
    static abstract nint RowStride(nint apart);

    /// <summary>Elements from one number of a row to the next.</summary>
    static abstract nint Step(nint apart);
}
