namespace Kelvin.Tangents;

/// <summary>How the rows of a kernel are cut into bands.</summary>
internal static class KernelBands
{
    /// <summary>A whole number of panels of the matrix product, so that no tile is wasted.</summary>
    public const int Panel = 96;

    /// <summary>Rows of inner products ⟨x, x'⟩ that are kept at a time in a square kernel: in the second-level cache with what they multiply.</summary>
    public const int Strip = Panel;

    private const int MostPanels = 4;

    /// <summary>So many rows of a kernel stay in the third-level cache while their products are summed.</summary>
    private const int WholePanels = 11;

    /// <summary>Wide bands pack their factors less often; narrow ones leave enough of them for all threads.</summary>
    public static int Rows(int examples) => Panel * Math.Clamp(examples / (3 * Panel), 1, MostPanels);

    /// <summary>Rows of a band of a square kernel: one thread takes a small kernel whole, since every band packs what is left of it anew.</summary>
    public static int SquareRows(int examples, int threads) => threads == 1 && examples <= WholePanels * Panel ? WholePanels * Panel : Rows(examples);

    /// <summary>Elements of inner products that a square kernel needs at a time.</summary>
    public static int Room(int examples, bool trainsOutput) => checked((trainsOutput ? 2 : 1) * Math.Min(Strip, examples) * examples);
}
