namespace Kelvin.Transformers.Attention;

/// <summary>How the six rows of the left factor of a tile lie, but for one distance known when the kernel is compiled.</summary>
internal interface IRowLayout
{
    /// <summary>Elements from one number of a row to the next.</summary>
    static abstract int Step { get; }

    /// <summary>The number of a row that lies <paramref name="steps"/> steps after number <paramref name="a"/> of row 0; literals, so that the address has them as one constant.</summary>
    static abstract ref T At<T>(ref T a, nint apart, int row, int steps);
}
