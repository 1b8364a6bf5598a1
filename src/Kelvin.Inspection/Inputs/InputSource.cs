using System.Text.Json;

namespace Kelvin.Inspection.Inputs;

/// <summary>Where inputs of a model come from: a .pb, .npy or .json file, or a JSON value.</summary>
public sealed class InputSource
{
    private readonly string _name;
    private readonly string _label;
    private readonly string? _path;
    private readonly Func<IReadOnlyList<DeclaredInput>, IReadOnlyList<InputTensor>>? _read;

    private InputSource(string name, string label, string? path, Func<IReadOnlyList<DeclaredInput>, IReadOnlyList<InputTensor>>? read)
    {
        _name = name;
        _label = label;
        _path = path;
        _read = read;
    }

    /// <summary>Takes a file: a TensorProto (.pb), a NumPy array (.npy), or tensors by name (.json).</summary>
    /// <param name="path">The file.</param>
    /// <param name="label">The file as the user named it.</param>
    /// <param name="name">The input it is for; empty if the file says, or if there is but one left.</param>
    public static InputSource File(string path, string label, string name = "") => new(name, label, path, null);

    /// <summary>Takes an object of tensors by name, each nested lists or <c>{"shape": […], "dtype": "float32", "data": […]}</c>.</summary>
    /// <param name="tensors">The object.</param>
    /// <param name="label">What to call it in messages.</param>
    public static InputSource Json(JsonElement tensors, string label) => new("", label, null, declared => JsonTensors.Read(tensors, label, declared));

    /// <summary>Takes numbers in memory, as float32.</summary>
    /// <param name="values">The numbers, row-major.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="label">What to call it in messages.</param>
    /// <param name="name">The input it is for; empty if there is but one.</param>
    public static InputSource Floats(float[] values, IReadOnlyList<long> shape, string label, string name = "")
    {
        ArgumentNullException.ThrowIfNull(values);
        if (InputTensor.Count(shape, label) != values.Length)
            throw new ArgumentException(FormattableString.Invariant($"There are {values.Length} numbers, but the shape {Elements.Shape(shape)} takes others."), nameof(values));
        byte[] bytes = Elements.Encode(ElementType.Float32, [.. values.Select(value => (double)value)]);
        return new InputSource(name, label, null, _ => [new InputTensor(name, ElementType.Float32, shape, bytes, label)]);
    }

    internal IReadOnlyList<InputTensor> Read(IReadOnlyList<DeclaredInput> declared)
    {
        if (_read is not null)
            return _read(declared);
        if (!System.IO.File.Exists(_path))
            throw new InspectionException($"There is no file {_label} (an input of the model).", "Look at its name; --input NAME=FILE gives the file of one input.");

        byte[] bytes = Bytes();
        return Path.GetExtension(_path).ToLowerInvariant() switch
        {
            ".pb" => [Named(TensorProtoFile.Read(bytes, _label))],
            ".npy" => [Named(NpyFile.Read(bytes, _label))],
            ".json" when _name.Length == 0 => JsonTensors.Read(bytes, _label, declared),
            ".json" => throw new InspectionException($"{_label} names its tensors itself, but is given for the input {_name}.", $"Write --input {_label}."),
            _ => throw new InspectionException($"{_label} is no kind of input that Kelvin reads.", "Give a .pb (TensorProto), a .npy (NumPy array) or a .json (tensors by name)."),
        };
    }

    private byte[] Bytes()
    {
        try
        {
            return System.IO.File.ReadAllBytes(_path!);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InspectionException($"{_label} cannot be read: {refused.Message}", "Check the file and its rights; it must be smaller than 2 GB.", refused);
        }
    }

    private InputTensor Named(InputTensor tensor) => _name.Length == 0 ? tensor : tensor with { Name = _name };
}
