namespace Kelvin.Transformers.Checkpoints;

/// <summary>The nonlinearity of a feed-forward part.</summary>
public enum ActivationKind
{
    /// <summary>x·σ(x): <c>silu</c>, <c>swish</c>.</summary>
    Silu,

    /// <summary>x·Φ(x), exact: <c>gelu</c>.</summary>
    Gelu,

    /// <summary>½x(1 + tanh(√(2/π)(x + 0.044715x³))): <c>gelu_new</c>, <c>gelu_pytorch_tanh</c>, <c>gelu_fast</c>.</summary>
    GeluTanh,

    /// <summary>max(x, 0): <c>relu</c>.</summary>
    Relu,
}
