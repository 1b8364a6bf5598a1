namespace Kelvin.Networks;

/// <summary>What every checkpoint's header says about the numbers behind it.</summary>
internal interface ICheckpointHeader
{
    /// <summary>"float" or "double".</summary>
    string Element { get; }

    /// <summary>Lengths of the arrays that follow.</summary>
    int[] Lengths { get; }
}
