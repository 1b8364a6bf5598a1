using System.Globalization;
using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>Where the parameters of a transformer lie in one flat block: all matrices, then all biases and gains.</summary>
/// <remarks>
/// Weight decay walks the first <see cref="Decayed"/> entries. Query, key and value lie side by side, and so do gate and up, so that each group is
/// one product.
/// </remarks>
public sealed class TransformerLayout
{
    private readonly Dictionary<(WeightRole Role, int Layer), ParameterTensor> _places = [];
    private readonly List<ParameterTensor> _tensors = [];

    /// <summary>Lays out the parameters of a model.</summary>
    /// <exception cref="ArgumentException">The configuration does not hold, or one array cannot hold the parameters.</exception>
    public TransformerLayout(TransformerConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        AddAll(config, isVector: false);
        Decayed = Total;
        AddAll(config, isVector: true);
    }

    /// <summary>Entries in matrices: those that weight decay pulls to 0.</summary>
    public int Decayed { get; }

    /// <summary>All entries.</summary>
    public int Total { get; private set; }

    /// <summary>Every tensor, in the order of the block.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>Where a weight lies; an error if the model has no such weight.</summary>
    public ParameterTensor Find(WeightRole role, int layer) => _places.TryGetValue((role, layer), out ParameterTensor? tensor)
        ? tensor
        : throw new ArgumentException($"The model has no {role} in layer {layer}; ask WeightRoles.Has first.", nameof(role));

    /// <summary>A matrix, as a view; 0 × 0 if the model has no such weight.</summary>
    internal MatrixView<T> Matrix<T>(Memory<T> block, WeightRole role, int layer, int rows = 0)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _places.TryGetValue((role, layer), out ParameterTensor? tensor)
        ? new MatrixView<T>(block[tensor.Start..], rows == 0 ? tensor.Shape.Rows : rows, tensor.Shape.Columns)
        : default;

    /// <summary>A vector; empty if the model has no such weight.</summary>
    internal Memory<T> Vector<T>(Memory<T> block, WeightRole role, int layer, int length = 0) =>
        _places.TryGetValue((role, layer), out ParameterTensor? tensor) ? block.Slice(tensor.Start, length == 0 ? tensor.Length : length) : default;

    private static bool IsVector(WeightRole role) => role
        is WeightRole.AttentionNorm or WeightRole.FeedForwardNorm or WeightRole.FinalNorm
        or WeightRole.AttentionNormBias or WeightRole.FeedForwardNormBias or WeightRole.FinalNormBias
        or WeightRole.QueryBias or WeightRole.KeyBias or WeightRole.ValueBias or WeightRole.AttentionOutputBias or WeightRole.Sinks
        or WeightRole.GateBias or WeightRole.UpBias or WeightRole.DownBias;

    private void AddAll(TransformerConfig config, bool isVector)
    {
        foreach (WeightRole role in WeightRoles.OfModel(config))
            Add(config, role, 0, isVector);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach (WeightRole role in WeightRoles.OfLayer(config))
                Add(config, role, layer, isVector);
        }
    }

    private void Add(TransformerConfig config, WeightRole role, int layer, bool isVector)
    {
        if (IsVector(role) != isVector)
            return;

        WeightShape shape = WeightRoles.Shape(config, role);
        Require.That(
            Total + shape.Elements <= Array.MaxLength,
            "The model has more parameters than one array can hold; make it smaller, or stream it from its checkpoint.",
            nameof(config));
        string part = char.ToLowerInvariant(role.ToString()[0]) + role.ToString()[1..];
        string name = WeightRoles.IsOfLayer(role) ? string.Create(CultureInfo.InvariantCulture, $"layers.{layer}.{part}") : part;
        var tensor = new ParameterTensor(name, role, layer, Total, shape);
        _tensors.Add(tensor);
        _places.Add((role, layer), tensor);
        Total += tensor.Length;
    }
}
