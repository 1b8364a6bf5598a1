namespace Kelvin.Transformers.Attention;

/// <summary>The softmax of one query over a run of keys; sums over e = exp(s − m), y = (s − m) log₂e.</summary>
/// <param name="Max">m; −∞ when nothing is seen.</param>
/// <param name="LargestKey">Its first key; −1 where it was not looked for.</param>
/// <param name="Sum">Σe.</param>
/// <param name="Mean">⟨y⟩.</param>
/// <param name="Deviations">Σ e (y − ⟨y⟩)².</param>
/// <param name="Squares">Σe².</param>
internal readonly record struct DecodePart(double Max, int LargestKey, double Sum, double Mean, double Deviations, double Squares)
{
    /// <summary>Of no keys.</summary>
    public static DecodePart None { get; } = new(double.NegativeInfinity, -1, 0, 0, 0, 0);
}
