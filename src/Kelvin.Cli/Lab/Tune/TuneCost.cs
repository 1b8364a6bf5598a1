namespace Kelvin.Cli.Lab.Tune;

/// <summary>Counts the arithmetic of training, the same way for the grid and the tuner: multiply-adds of the matrix products, doubled.</summary>
internal static class TuneCost
{
    /// <summary>A forward pass over so many rows: 2 n m (d + d_out).</summary>
    public static double Forward(LabData data, int hidden, double rows) => 2 * rows * hidden * (data.Features + data.Classes);

    /// <summary>A forward and a backward pass: 2 n m (2 d + 3 d_out).</summary>
    public static double Gradient(LabData data, int hidden, double rows) => 2 * rows * hidden * ((2 * data.Features) + (3 * data.Classes));

    /// <summary>An epoch with its look at the validation rows.</summary>
    public static double Epoch(LabData data, int hidden) =>
        Gradient(data, hidden, data.Split.Train.Length) + Forward(data, hidden, data.Split.Validation.Length);

    /// <summary>A product with the Gauss–Newton matrix: three forward passes and a backward one.</summary>
    public static double CurvatureProduct(LabData data, int hidden, double rows) =>
        (2 * Forward(data, hidden, rows)) + Gradient(data, hidden, rows);
}
