using System.Globalization;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>A model's folder as Hugging Face lays it out: <c>config.json</c> and safetensors, single or sharded.</summary>
/// <remarks>
/// <para>Opening reads the configuration and every header, and holds them against each other: a missing, misshapen or unknown tensor is refused by
/// name before any weight is read.</para>
/// <para>Reading a weight costs its own memory, and once more its tensor where the file keeps it transposed (GPT-2). Nothing is kept.</para>
/// </remarks>
public sealed class TransformerCheckpoint : IWeightSource, IDisposable
{
    private readonly string _folder;
    private readonly WeightFiles _files;
    private readonly TensorNames _names;

    private TransformerCheckpoint(string folder, TransformerConfig config, WeightFiles files)
    {
        _folder = folder;
        _files = files;
        _names = TensorNames.Of(config, files.Tensors.ContainsKey);
        CheckTensors();
    }

    /// <inheritdoc/>
    public TransformerConfig Config => _names.Config;

    /// <summary>True to hand out NaN and infinite weights as they are, for a look at a broken model; false refuses them by the tensor's name.</summary>
    public bool AllowsNonFinite { get; init; }

    /// <summary>Bytes of all tensors together.</summary>
    public long WeightBytes => _files.Tensors.Sum(tensor => tensor.Value.Header.Find(tensor.Key)!.Bytes);

    /// <summary>Opens a model's folder.</summary>
    /// <param name="folder">Path of the folder.</param>
    /// <param name="allowsNonFinite">The value of <see cref="AllowsNonFinite"/>.</param>
    /// <exception cref="ModelFileException">A file is missing, damaged or not supported, or the files do not fit each other.</exception>
    public static TransformerCheckpoint Open(string folder, bool allowsNonFinite = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WeightFiles.RequireFolder(folder);
        TransformerConfig config = ConfigFile.Load(Path.Combine(folder, ConfigFile.FileName));
        WeightFiles files = WeightFiles.Open(folder);
        try
        {
            return new TransformerCheckpoint(folder, config, files) { AllowsNonFinite = allowsNonFinite };
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Copies one weight into the caller's memory; see <see cref="IWeightSource.Read"/>.</summary>
    /// <exception cref="ModelFileException">The weight holds NaN or infinities, and they are not allowed.</exception>
    public void Read(WeightRole role, int layer, Span<float> destination)
    {
        Require.That(WeightRoles.Has(Config, role), $"This model has no {role}.", nameof(role));
        Require.Index(layer, WeightRoles.IsOfLayer(role) ? Config.Layers : 1, nameof(layer));
        WeightShape shape = WeightRoles.Shape(Config, role);
        Require.Length<float>(destination, checked((int)shape.Elements));

        StoredWeight stored = _names.Find(role, layer);
        SafetensorsFile file = _files.Tensors[stored.Tensor];
        if (stored.IsPlain)
            file.Read(stored.Tensor, destination);
        else
            WeightSlices.Take(file.Read(stored.Tensor), stored, shape, destination);
        if (!AllowsNonFinite && NonFiniteCount.Of(destination) is { IsNone: false })
            throw NonFinite(file, stored.Tensor);
    }

    /// <summary>Reads one weight into new memory; see <see cref="IWeightSource.Read"/>.</summary>
    /// <exception cref="ModelFileException">The weight holds NaN or infinities, and they are not allowed.</exception>
    public float[] Read(WeightRole role, int layer = 0)
    {
        float[] weight = new float[WeightRoles.Shape(Config, role).Elements];
        Read(role, layer, weight);
        return weight;
    }

    /// <summary>Whether the files keep a weight as [in, out] instead of [out, in].</summary>
    internal bool IsTransposed(WeightRole role) => _names.Find(role, 0).IsTransposed;

    /// <summary>Copies some lines of one weight as the files keep them: rows of [out, in], or of [in, out] where <see cref="IsTransposed"/>.</summary>
    /// <remarks>Reads nothing else, so that a weight larger than memory can be used part by part.</remarks>
    /// <exception cref="ModelFileException">The lines hold NaN or infinities, and they are not allowed.</exception>
    internal void ReadLines(WeightRole role, int layer, int first, Span<float> lines)
    {
        StoredWeight stored = _names.Find(role, layer);
        SafetensorsFile file = _files.Tensors[stored.Tensor];
        WeightSlices.TakeLines(file, stored, WeightRoles.Shape(Config, role), first, lines);
        if (!AllowsNonFinite && !NonFiniteCount.Of(lines).IsNone)
            throw NonFinite(file, stored.Tensor);
    }

    /// <summary>The tensors of the model that hold NaN or infinities, in the order of their names; reads every weight once, a part at a time.</summary>
    public IReadOnlyList<NonFiniteTensor> FindNonFinite() =>
    [
        .. from tensor in _files.Tensors.Keys.Order(StringComparer.Ordinal)
           where !_names.IsHarmless(tensor)
           let count = _files.Tensors[tensor].CountNonFinite(tensor)
           where !count.IsNone
           select new NonFiniteTensor(tensor, count),
    ];

    /// <summary>Closes the files.</summary>
    public void Dispose() => _files.Dispose();

    private void CheckTensors()
    {
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (WeightRole role in WeightRoles.OfModel(Config))
            Check(_names.Find(role, 0), expected);
        for (int layer = 0; layer < Config.Layers; layer++)
        {
            foreach (WeightRole role in WeightRoles.OfLayer(Config))
                Check(_names.Find(role, layer), expected);
        }

        string? unknown = _files.Tensors.Keys.Where(tensor => !expected.Contains(tensor) && !_names.IsHarmless(tensor)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null)
        {
            throw new ModelFileException(
                _files.Tensors[unknown].Name, unknown, $"Unknown tensor {unknown}: a model of this {ConfigFile.FileName} does not use it.",
                "Put the configuration beside the weights that it belongs to.");
        }
    }

    private void Check(StoredWeight stored, HashSet<string> expected)
    {
        if (!expected.Add(stored.Tensor))
            return;
        if (!_files.Tensors.TryGetValue(stored.Tensor, out SafetensorsFile? file))
        {
            throw new ModelFileException(
                _folder, stored.Tensor, $"Missing tensor {stored.Tensor}.", $"Fetch all weights, or the {ConfigFile.FileName} that belongs to these.");
        }

        TensorInfo tensor = file.FindWeights(stored.Tensor);
        if (!tensor.Shape.SequenceEqual(stored.Shape))
        {
            throw new ModelFileException(
                file.Name, stored.Tensor,
                $"tensor {stored.Tensor}: shape {TensorInfo.Text(tensor.Shape)}, expected {TensorInfo.Text(stored.Shape)}: {ConfigFile.FileName} does not match the tensors.",
                "Put the configuration beside the weights that it belongs to.");
        }
    }

    private static ModelFileException NonFinite(SafetensorsFile file, string tensor)
    {
        NonFiniteCount count = file.CountNonFinite(tensor);
        return new ModelFileException(
            file.Name, tensor, string.Create(CultureInfo.InvariantCulture, $"tensor {tensor} has non-finite weights: {count.NaN} NaN, {count.Infinite} Inf."),
            "Go back to an earlier checkpoint of the training.");
    }
}
