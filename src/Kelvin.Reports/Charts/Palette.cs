using System.Globalization;

namespace Kelvin.Reports.Charts;

/// <summary>The colours of all charts: told apart by colour-blind readers and on light and dark ground alike.</summary>
/// <remarks>An activation has one colour and one sign on every page, so a reader learns them once.</remarks>
public static class Palette
{
    /// <summary>How many colours <see cref="Series"/> has before it starts again.</summary>
    public const int Count = 8;

    /// <summary>Softmax hidden units.</summary>
    public static ChartColor Softmax { get; } = new("softmax");

    /// <summary>Exponential hidden units.</summary>
    public static ChartColor Exp { get; } = new("exp");

    /// <summary>ReLU hidden units.</summary>
    public static ChartColor Relu { get; } = new("relu");

    /// <summary>GELU hidden units.</summary>
    public static ChartColor Gelu { get; } = new("gelu");

    /// <summary>Something good, such as the calibrated curve.</summary>
    public static ChartColor Good { get; } = new("good");

    /// <summary>Something to be careful about.</summary>
    public static ChartColor Warning { get; } = new("warning");

    /// <summary>Something bad.</summary>
    public static ChartColor Bad { get; } = new("bad");

    /// <summary>References and things in the background.</summary>
    public static ChartColor Muted { get; } = new("muted");

    /// <summary>The colour of the series at a place in the order; the same again after <see cref="Count"/> of them.</summary>
    public static ChartColor Series(int index) =>
        new("series-" + (((index % Count) + Count) % Count).ToString(CultureInfo.InvariantCulture));

    /// <summary>The colour of an activation by its name ("softmax", "exp", "relu", "gelu" in any case), or null.</summary>
    public static ChartColor? Of(string name) => name.ToUpperInvariant() switch
    {
        "SOFTMAX" => Softmax,
        "EXP" => Exp,
        "RELU" => Relu,
        "GELU" => Gelu,
        _ => null,
    };
}
