using System.Globalization;

namespace Kelvin.Inspection.Inputs;

/// <summary>One dimension of a declared input: a size, or a name for an open one.</summary>
/// <param name="Size">The size; null if it is open.</param>
/// <param name="Name">What an open dimension is called, for <c>--dim</c>; made from the input's name where the model gives none.</param>
internal sealed record DeclaredDimension(long? Size, string Name)
{
    /// <summary>Size or name.</summary>
    public string Text => Size?.ToString(CultureInfo.InvariantCulture) ?? Name;
}
