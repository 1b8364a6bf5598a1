namespace Kelvin.Transformers.Checkpoints;

/// <summary>Everything the header says, in the order of the file.</summary>
internal sealed record HeaderEntries(IReadOnlyList<HeaderEntry> Tensors, IReadOnlyDictionary<string, string> Metadata);
