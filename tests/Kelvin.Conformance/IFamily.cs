using System.Numerics;

namespace Kelvin.Conformance;

/// <summary>Computes the fields of one family of cases with the product.</summary>
internal interface IFamily
{
    /// <summary>Name of the family in fixture files.</summary>
    string Name { get; }

    /// <summary>Fields that the product cannot compute yet; they are reported, not checked.</summary>
    IReadOnlyList<string> FieldsToCome => [];

    /// <summary>Why <see cref="FieldsToCome"/> are not checked.</summary>
    string ReasonToCome => "";

    /// <summary>Why a case cannot be evaluated here; null if it can.</summary>
    string? ReasonToSkip(FixtureInputs inputs) => null;

    Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
