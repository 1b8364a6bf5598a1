namespace Kelvin.Networks;

/// <summary>The shape of a two-layer network and how its weights start.</summary>
/// <remarks>
/// <para>Z = (X W + b)/T,  H = φ(Z),  F = s·H Aᵀ + c, with X: n × d, W: d × m, A: d_out × m, F: n × d_out; s is set by
/// <see cref="Parametrisation"/>.</para>
/// <para>Source: arXiv 2405.03251 for the softmax network with W trained, A = ±1 fixed and no biases.</para>
/// </remarks>
public sealed record NetworkOptions
{
    /// <summary>d, the number of features of an input; at least 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>m, the number of hidden units; at least 1.</summary>
    public required int Hidden { get; init; }

    /// <summary>d_out, the number of outputs; at least 1. With labels: the number of classes.</summary>
    public required int Outputs { get; init; }

    /// <summary>φ; softmax unless said otherwise.</summary>
    public HiddenActivation Activation { get; init; }

    /// <summary>Output scale s and the starting sizes; standard unless said otherwise.</summary>
    public Parametrisation Parametrisation { get; init; } = Parametrisation.Standard;

    /// <summary>T > 0 divides the pre-activations of every activation; 1 in the theory.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Whether A is trained. If not, its entries keep their size and only their signs are drawn.</summary>
    public bool TrainOutputWeights { get; init; } = true;

    /// <summary>Whether there are biases b and c; both start at 0 and are trained.</summary>
    public bool UseBias { get; init; } = true;

    /// <summary>σ ≥ 0, the size of the starting hidden weights. Keep σ‖x‖/T ≲ 1 where the infinite-width limit matters.</summary>
    public double InitialScale { get; init; } = 1;

    /// <summary>Multiplies the starting output weights; 1 keeps the sizes of <see cref="Parametrisation"/>.</summary>
    public double OutputInitialScale { get; init; } = 1;

    /// <summary>
    /// Whether units start in pairs with equal w and b and opposite a, so that F = c at the start. Needs an even m, and halves the number
    /// of independent units.
    /// </summary>
    public bool SymmetricStart { get; init; }

    /// <summary>s, the factor in front of A.</summary>
    internal double OutputScale => Parametrisation switch
    {
        Parametrisation.Theory => Activation == HiddenActivation.Softmax ? Hidden : 1,
        Parametrisation.Ntk => Activation == HiddenActivation.Softmax ? Math.Sqrt(Hidden) : 1 / Math.Sqrt(Hidden),
        _ => 1,
    };

    /// <summary>The theory's model: W trained, A = ±1 fixed, no biases, T = 1, w ~ N(0, 1).</summary>
    public static NetworkOptions Theory(int inputs, int hidden, int outputs, HiddenActivation activation) => new()
    {
        Inputs = inputs,
        Hidden = hidden,
        Outputs = outputs,
        Activation = activation,
        Parametrisation = Parametrisation.Theory,
        TrainOutputWeights = false,
        UseBias = false,
    };

    internal void Check()
    {
        Require.Positive(Inputs);
        Require.Positive(Hidden);
        Require.Positive(Outputs);
        Require.That(Enum.IsDefined(Activation), $"Activation is {Activation}, but must be Softmax, Exp, Relu or Gelu.", nameof(Activation));
        Require.That(
            Enum.IsDefined(Parametrisation), $"Parametrisation is {Parametrisation}, but must be Theory, Ntk or Standard.", nameof(Parametrisation));
        Require.Temperature(Temperature);
        Require.Between(InitialScale, 0, double.MaxValue);
        Require.Between(OutputInitialScale, 0, double.MaxValue);
        Require.That(
            !SymmetricStart || Hidden % 2 == 0, $"SymmetricStart pairs the units, but Hidden is {Hidden}; make it even.", nameof(Hidden));
    }
}
