namespace Kelvin.Inspection.Inputs;

/// <summary>Brings the inputs that were given together with those that a model declares.</summary>
internal static class ModelInputs
{
    /// <summary>One tensor for each declared input, checked against names, types and shapes; missing ones are generated.</summary>
    public static IReadOnlyList<InputTensor> Gather(
        IReadOnlyList<DeclaredInput> declared, IReadOnlyList<InputSource> sources, IReadOnlyDictionary<string, int> dimensions, int seed)
    {
        var given = new Dictionary<string, InputTensor>(StringComparer.Ordinal);
        var nameless = new List<InputTensor>();
        foreach (InputTensor tensor in sources.SelectMany(source => source.Read(declared)))
        {
            if (tensor.Name.Length == 0)
                nameless.Add(tensor);
            else if (!given.TryAdd(tensor.Name, tensor))
                throw new InspectionException($"The input {tensor.Name} is given twice: {given[tensor.Name].Origin} and {tensor.Origin}.", "Give it once.");
        }

        CheckNames(given.Values, declared);
        PlaceNameless(nameless, given, declared);
        CheckDimensionNames(declared, dimensions);
        InputTensor[] all = [.. declared.Select((input, place) => given.GetValueOrDefault(input.Name) ?? DefaultInputs.Make(input, dimensions, seed, place))];
        CheckShapes(all, declared);
        return all;
    }

    private static void CheckNames(IEnumerable<InputTensor> given, IReadOnlyList<DeclaredInput> declared)
    {
        foreach (InputTensor tensor in given)
        {
            if (declared.All(input => input.Name != tensor.Name))
                throw new InspectionException($"{tensor.Origin} gives the input {tensor.Name}, which the model does not have.", $"It has {Names(declared)}; --input NAME=FILE says which one a file is for.");
        }
    }

    private static void PlaceNameless(List<InputTensor> nameless, Dictionary<string, InputTensor> given, IReadOnlyList<DeclaredInput> declared)
    {
        DeclaredInput[] open = [.. declared.Where(input => !given.ContainsKey(input.Name))];
        if (nameless.Count > 0 && (nameless.Count > 1 || open.Length != 1))
            throw new InspectionException($"{nameless[0].Origin} does not say which input it is for.", $"Write --input NAME={nameless[0].Origin}; the model has {Names(declared)}.");
        foreach (InputTensor tensor in nameless)
            given.Add(open[0].Name, tensor with { Name = open[0].Name });
    }

    private static void CheckDimensionNames(IReadOnlyList<DeclaredInput> declared, IReadOnlyDictionary<string, int> dimensions)
    {
        string[] open = [.. declared.SelectMany(input => input.Dimensions ?? []).Where(dimension => dimension.Size is null).Select(dimension => dimension.Name).Distinct(StringComparer.Ordinal)];
        foreach (string name in dimensions.Keys.Where(name => !open.Contains(name, StringComparer.Ordinal)))
            throw new InspectionException($"The model has no open dimension {name}.", open.Length == 0 ? "All its dimensions are fixed: leave --dim out." : $"It has {string.Join(", ", open)}.");
    }

    private static void CheckShapes(InputTensor[] tensors, IReadOnlyList<DeclaredInput> declared)
    {
        var sizes = new Dictionary<string, (long Size, string Input)>(StringComparer.Ordinal);
        foreach ((InputTensor tensor, DeclaredInput input) in tensors.Zip(declared))
        {
            if (tensor.Type != input.Type)
                throw new InspectionException($"The input {input.Name} is {Elements.Name(tensor.Type)} in {tensor.Origin}, but must be {Elements.Name(input.Type)}.", $"Convert it: x.astype(\"{Elements.Name(input.Type)}\").");
            if (input.Dimensions is null)
                continue;
            bool fits = tensor.Shape.Count == input.Dimensions.Count
                && tensor.Shape.Zip(input.Dimensions).All(pair => pair.Second.Size is not { } size || size == pair.First);
            if (!fits)
                throw new InspectionException($"The input {input.Name} has shape {Elements.Shape(tensor.Shape)} in {tensor.Origin}, but must have {input.ShapeText}.", "Give a tensor of that shape; named dimensions are open.");
            foreach ((long size, DeclaredDimension dimension) in tensor.Shape.Zip(input.Dimensions).Where(pair => pair.Second.Size is null))
            {
                if (sizes.TryGetValue(dimension.Name, out (long Size, string Input) other) && other.Size != size)
                    throw new InspectionException(FormattableString.Invariant($"The dimension {dimension.Name} is {other.Size} in the input {other.Input}, but {size} in {input.Name}."), "Inputs that share a dimension must agree on its size.");
                sizes[dimension.Name] = (size, input.Name);
            }
        }
    }

    private static string Names(IReadOnlyList<DeclaredInput> declared) =>
        string.Join(", ", declared.Select(input => $"{input.Name} ({Elements.Name(input.Type)} {input.ShapeText})"));
}
