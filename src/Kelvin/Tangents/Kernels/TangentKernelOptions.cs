namespace Kelvin.Tangents;

/// <summary>How a tangent kernel is computed. None of this changes a bit of the result.</summary>
public sealed record TangentKernelOptions
{
    /// <summary>The options when none are given.</summary>
    public static TangentKernelOptions Default { get; } = new();

    /// <summary>At most so many threads, ≥ 1.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// Bytes that the computation may take, the kernel included; a larger one is refused before any work is done. Null: four fifths of what the
    /// process may use.
    /// </summary>
    public long? MemoryLimit { get; init; }

    internal void Check()
    {
        Require.Positive(Threads);
        Require.That(MemoryLimit is null or > 0, $"MemoryLimit is {MemoryLimit}, but must be at least 1 byte, or null for the machine's.", nameof(MemoryLimit));
    }
}
