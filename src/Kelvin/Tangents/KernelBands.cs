namespace Kelvin.Tangents;

/// <summary>How the rows of a kernel are cut into bands.</summary>
internal static class KernelBands
{
    /// <summary>A whole number of panels of the matrix product, so that no tile is wasted.</summary>
    private const int Panel = 96;

    /// <summary>A band's inner products ⟨x, x'⟩ are kept until its last block is done; this many rows of them at most.</summary>
    private const int MostPanels = 4;

    /// <summary>Narrow bands compute little above the diagonal, wide ones pack their factors less often.</summary>
    public static int Rows(int examples) => Panel * Math.Clamp((int)Math.Round(examples / (8.0 * Panel)), 1, MostPanels);
}
