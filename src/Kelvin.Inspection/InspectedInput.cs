namespace Kelvin.Inspection;

/// <summary>One input that the model was run on.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Type">Type of its elements, such as "float32".</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Origin">Where it came from: a file, or how it was generated.</param>
public sealed record InspectedInput(string Name, string Type, IReadOnlyList<long> Shape, string Origin);
