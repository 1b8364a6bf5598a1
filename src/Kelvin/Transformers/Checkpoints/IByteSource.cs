namespace Kelvin.Transformers.Checkpoints;

/// <summary>Bytes that can be read at any place: a mapped file, or memory.</summary>
internal interface IByteSource : IDisposable
{
    long Length { get; }

    /// <summary>Fills the destination from byte <paramref name="offset"/> on; the caller has checked that the bytes are there.</summary>
    void Read(long offset, Span<byte> destination);
}
