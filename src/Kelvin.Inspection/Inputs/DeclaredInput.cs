namespace Kelvin.Inspection.Inputs;

/// <summary>An input as a model declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Dimensions">Its dimensions; null if the model does not say how many there are.</param>
internal sealed record DeclaredInput(string Name, ElementType Type, IReadOnlyList<DeclaredDimension>? Dimensions)
{
    /// <summary>The largest index the model looks up with this input plus one, or null.</summary>
    public long? IndexBound { get; init; }

    /// <summary>The shape as the model declares it.</summary>
    public string ShapeText => Dimensions is null ? "any shape" : $"[{string.Join(", ", Dimensions.Select(dimension => dimension.Text))}]";
}
