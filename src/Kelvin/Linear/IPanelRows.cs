namespace Kelvin.Linear;

/// <summary>How the six rows of a panel of op(A) lie, known when the kernel is compiled.</summary>
internal interface IPanelRows
{
    /// <summary>Elements from one number of a row to the next.</summary>
    static abstract int Step { get; }

    /// <summary>What lies <paramref name="steps"/> steps after element <paramref name="l"/> of a row.</summary>
    /// <remarks>The steps are multiplied here, not by the caller, so that the compiler adds them to the address as one constant.</remarks>
    static abstract ref T At<T>(ref T row, nint l, int steps);
}
