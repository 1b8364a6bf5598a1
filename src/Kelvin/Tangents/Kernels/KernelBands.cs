namespace Kelvin.Tangents;

/// <summary>How the rows of a kernel are cut into bands.</summary>
internal static class KernelBands
{
    /// <summary>A whole number of panels of the matrix product, so that no tile is wasted.</summary>
    public const int Panel = 96;

    /// <summary>A band's inner products ⟨x, x'⟩ are kept until its last block is done; this many rows of them at most.</summary>
    private const int MostPanels = 4;

    /// <summary>Wide bands pack their factors less often; narrow ones leave enough of them for all threads.</summary>
    public static int Rows(int examples) => Panel * Math.Clamp(examples / (3 * Panel), 1, MostPanels);

    /// <summary>Elements of inner products that any band of a square kernel needs at most: a rectangle before its diagonal block, or a panel within.</summary>
    public static int Room(int examples, bool trainsOutput)
    {
        int band = Math.Min(Rows(examples), examples);
        return checked((trainsOutput ? 2 : 1) * band * Math.Max(examples - band, Math.Min(Panel, examples)));
    }
}
