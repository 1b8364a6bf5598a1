namespace Kelvin.Transformers.Checkpoints;

/// <summary>A tensor as the header writes it, before its numbers are checked.</summary>
internal sealed record HeaderEntry(string Name, string Type, long[] Shape, long Begin, long End);
