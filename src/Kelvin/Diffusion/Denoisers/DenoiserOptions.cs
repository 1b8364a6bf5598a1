namespace Kelvin.Diffusion;

/// <summary>The shape of a <see cref="DenoiserNetwork{T}"/>.</summary>
public sealed record DenoiserOptions
{
    /// <summary>d, the number of coordinates of a point; at least 1.</summary>
    public required int Dimensions { get; init; }

    /// <summary>H, the width of the residual stream; at least 1.</summary>
    public int Width { get; init; } = 256;

    /// <summary>B ≥ 0, the number of residual blocks.</summary>
    public int Blocks { get; init; } = 3;

    /// <summary>C ≥ 0, the number of classes a point can be asked of; 0 for a network without labels.</summary>
    public int Classes { get; init; }

    /// <summary>Number of sine waves, and of cosine waves, of the log signal-to-noise ratio; at least 1.</summary>
    public int Waves { get; init; } = 12;

    /// <summary>The standard deviation of a coordinate of the data, > 0; centre the data before.</summary>
    public double DataDeviation { get; init; } = 1;

    /// <summary>Features of time and label that every block sees: the waves and one place for each class and for "no class".</summary>
    internal int Conditions => (2 * Waves) + (Classes == 0 ? 0 : Classes + 1);

    internal void Check()
    {
        Require.Positive(Dimensions);
        Require.Positive(Width);
        Require.That(Blocks >= 0, $"Blocks is {Blocks}, but must be at least 0.", nameof(Blocks));
        Require.That(Classes >= 0, $"Classes is {Classes}, but must be at least 0.", nameof(Classes));
        Require.Positive(Waves);
        Require.Positive(DataDeviation);
    }
}
