namespace Kelvin.Transformers.Checkpoints;

/// <summary>Writes a model's weights under the names that its family has at Hugging Face.</summary>
/// <remarks>With <see cref="ConfigFile.Write"/> beside it, the folder opens as <see cref="TransformerCheckpoint"/> and in other programs.</remarks>
public static class TransformerWriter
{
    /// <summary>Writes <c>model.safetensors</c>, one tensor in memory at a time.</summary>
    /// <param name="destination">Written from its position on; neither sought nor closed.</param>
    /// <param name="weights">The model.</param>
    /// <param name="type">F32, F16 or BF16, for every tensor; the halves round to nearest even.</param>
    /// <exception cref="ArgumentException">The configuration does not hold, or a weight does not fit the type.</exception>
    public static void Write(Stream destination, IWeightSource weights, TensorType type = TensorType.F32)
    {
        ArgumentNullException.ThrowIfNull(weights);
        weights.Config.Validate();
        var names = new TensorNames(weights.Config, weights.Config.Family == ModelFamily.Gpt2 ? TensorNames.Gpt2Prefix : "");
        ILookup<string, (WeightRole Role, int Layer)> parts = Parts(weights.Config).ToLookup(part => names.Find(part.Role, part.Layer).Tensor, StringComparer.Ordinal);

        IEnumerable<TensorSpec> tensors = parts.Select(part => new TensorSpec(part.Key, type, names.Find(part.First().Role, part.First().Layer).Shape));
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" };   // loaders of other programs ask for it
        float[] room = [];   // one tensor at a time, and the same memory for all
        SafetensorsWriter.Write(destination, tensors, Gather, metadata);

        ReadOnlyMemory<float> Gather(TensorSpec tensor)
        {
            if (room.Length < tensor.Elements)
                room = new float[tensor.Elements];
            Memory<float> values = room.AsMemory(0, (int)tensor.Elements);
            Fill(weights, names, parts[tensor.Name], values.Span);
            return values;
        }
    }

    private static void Fill(IWeightSource weights, TensorNames names, IEnumerable<(WeightRole Role, int Layer)> parts, Span<float> values)
    {
        foreach ((WeightRole role, int layer) in parts)
        {
            WeightShape shape = WeightRoles.Shape(weights.Config, role);
            StoredWeight stored = names.Find(role, layer);
            if (stored.IsPlain)
            {
                weights.Read(role, layer, values);
                continue;
            }

            float[] weight = new float[shape.Elements];
            weights.Read(role, layer, weight);
            WeightSlices.Put(weight, stored, shape, values);
        }
    }

    private static IEnumerable<(WeightRole Role, int Layer)> Parts(TransformerConfig config) =>
        WeightRoles.OfModel(config).Select(role => (role, 0))
            .Concat(Enumerable.Range(0, config.Layers).SelectMany(layer => WeightRoles.OfLayer(config).Select(role => (role, layer))));
}
