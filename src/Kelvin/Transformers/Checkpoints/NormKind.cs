namespace Kelvin.Transformers.Checkpoints;

/// <summary>How a block normalises its input x of width d; w and b are learnt.</summary>
public enum NormKind
{
    /// <summary>w·x/√(mean x² + ε).</summary>
    RootMeanSquare,

    /// <summary>w·(x − mean x)/√(var x + ε) + b, with the biased variance.</summary>
    Layer,
}
