using System.Text.Json;

namespace Kelvin.Inspection.Inputs;

/// <summary>Reads tensors by name from JSON: nested lists, or objects of shape, dtype and data.</summary>
/// <remarks>Without dtype the numbers take the type that the model declares. "NaN", "Infinity" and "-Infinity" are numbers.</remarks>
internal static class JsonTensors
{
    private const string Form = "Write {\"NAME\": [[1, 2], [3, 4]]} or {\"NAME\": {\"shape\": [2, 2], \"dtype\": \"float32\", \"data\": [1, 2, 3, 4]}}.";

    /// <summary>Reads the tensors of a file.</summary>
    public static IReadOnlyList<InputTensor> Read(byte[] bytes, string label, IReadOnlyList<DeclaredInput> declared)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(document.RootElement, label, declared);
        }
        catch (JsonException refused)
        {
            throw new InspectionException(
                FormattableString.Invariant($"{label}:{refused.LineNumber + 1} is no JSON: {refused.Message}"), Form, refused);
        }
    }

    /// <summary>Reads the tensors of an object, or of the object <c>inputs</c> within it.</summary>
    public static IReadOnlyList<InputTensor> Read(JsonElement root, string label, IReadOnlyList<DeclaredInput> declared)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new InspectionException($"{label} holds {Kind(root)}, but must hold an object of tensors by name.", Form);
        if (root.TryGetProperty("inputs", out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
            root = inner;
        return [.. root.EnumerateObject().Select(property => Tensor(property, label, declared))];
    }

    private static InputTensor Tensor(JsonProperty property, string label, IReadOnlyList<DeclaredInput> declared)
    {
        string place = $"{label}, {property.Name}";
        ElementType type = declared.FirstOrDefault(input => input.Name == property.Name)?.Type ?? ElementType.Float32;
        JsonElement data = property.Value;
        IReadOnlyList<long>? shape = null;
        if (data.ValueKind == JsonValueKind.Object)
        {
            if (data.TryGetProperty("dtype", out JsonElement name))
                type = (name.ValueKind == JsonValueKind.String ? Elements.Find(name.GetString()!) : null) ?? throw new InspectionException($"{place}: dtype is {name}, which Kelvin does not feed.", "Name a type such as float32, float16, int64, int32 or bool.");
            if (data.TryGetProperty("shape", out JsonElement sizes))
                shape = [.. Numbers(sizes, $"{place}, shape").Select(size => size is >= 0 and <= int.MaxValue && size == Math.Truncate(size) ? (long)size : -1)];
            if (!data.TryGetProperty("data", out data))
                throw new InspectionException($"{place} has no data.", Form);
        }

        shape ??= Shape(data, place);
        List<double> numbers = Numbers(data, place);
        if (InputTensor.Count(shape, place) != numbers.Count)
            throw new InspectionException(FormattableString.Invariant($"{place} has {numbers.Count} numbers, but its shape {Elements.Shape(shape)} takes {InputTensor.Count(shape, place)}."), Form);
        (double low, double high) = Elements.Range(type);
        if (!Elements.IsReal(type) && numbers.FindIndex(value => !(value >= low && value <= high && value == Math.Truncate(value))) is >= 0 and int at)
            throw new InspectionException(FormattableString.Invariant($"{place}: number {at} is {numbers[at]}, but must be a whole one of type {Elements.Name(type)}."), "Give numbers of the type that the model declares.");
        return new InputTensor(property.Name, type, shape, Elements.Encode(type, numbers), label);
    }

    private static List<long> Shape(JsonElement data, string place)
    {
        var shape = new List<long>();
        for (JsonElement level = data; level.ValueKind == JsonValueKind.Array; level = level[0])
        {
            shape.Add(level.GetArrayLength());
            if (level.GetArrayLength() == 0)
                break;
        }

        CheckRegular(data, shape, 0, place);
        return shape;
    }

    private static void CheckRegular(JsonElement data, List<long> shape, int depth, string place)
    {
        bool isLeaf = depth == shape.Count;
        if (isLeaf == (data.ValueKind == JsonValueKind.Array) || (!isLeaf && data.GetArrayLength() != shape[depth]))
            throw new InspectionException($"{place}: the lists are not all of the same length and depth.", Form);
        if (isLeaf || depth + 1 == shape.Count && shape[depth] == 0)
            return;
        foreach (JsonElement element in data.EnumerateArray())
            CheckRegular(element, shape, depth + 1, place);
    }

    private static List<double> Numbers(JsonElement data, string place)
    {
        var numbers = new List<double>();
        Add(data, numbers, place);
        return numbers;
    }

    private static void Add(JsonElement element, List<double> numbers, string place)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement inner in element.EnumerateArray())
                    Add(inner, numbers, place);
                break;
            case JsonValueKind.Number: numbers.Add(element.GetDouble()); break;
            case JsonValueKind.True: numbers.Add(1); break;
            case JsonValueKind.False: numbers.Add(0); break;
            case JsonValueKind.String when Named(element.GetString()!) is { } value: numbers.Add(value); break;
            default: throw new InspectionException($"{place} holds {Kind(element)} where a number must stand.", Form);
        }
    }

    private static double? Named(string text) => text.ToUpperInvariant() switch
    {
        "NAN" => double.NaN,
        "INF" or "INFINITY" => double.PositiveInfinity,
        "-INF" or "-INFINITY" => double.NegativeInfinity,
        _ => null,
    };

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "text",
        JsonValueKind.Null => "null",
        _ => "a single value",
    };
}
