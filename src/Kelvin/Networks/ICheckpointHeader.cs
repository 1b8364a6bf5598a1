namespace Kelvin.Networks;

/// <summary>What every checkpoint's header says about the numbers behind it.</summary>
internal interface ICheckpointHeader
{
    /// <summary>What was trained: one of <see cref="CheckpointKind"/>'s words.</summary>
    static abstract string Kind { get; }

    /// <summary>"float" or "double".</summary>
    string Element { get; }

    /// <summary>Lengths of the arrays that follow.</summary>
    int[] Lengths { get; }
}
