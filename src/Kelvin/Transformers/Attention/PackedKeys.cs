using System.Numerics;
using System.Runtime.CompilerServices;
using Kelvin.Linear;

namespace Kelvin.Transformers.Attention;

/// <summary>Keys and values of some heads, packed once for all tiles of queries; the calling thread keeps the memory for its next call.</summary>
/// <remarks>Packed are as many heads at a time as fit 16 MiB, at least one.</remarks>
internal sealed class PackedKeys<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const long Room = 16 << 20;

    [ThreadStatic]
    private static PackedKeys<T>? _first;

    [ThreadStatic]
    private static PackedKeys<T>? _second;

    private readonly PackBuffer<T> _panels = new();
    private readonly PackBuffer<T> _strips = new();
    private int _tiles;
    private int _panelSize;
    private int _stripSize;

    /// <summary>Keys in panels; in strips the values (forward) or the keys (backward).</summary>
    public static PackedKeys<T> ForThisThread => _first ??= new PackedKeys<T>();

    /// <summary>Values in panels, for the backward pass.</summary>
    public static PackedKeys<T> SecondForThisThread => _second ??= new PackedKeys<T>();

    /// <summary>Heads that are packed together.</summary>
    public int Heads { get; private set; }

    /// <summary>Makes room for heads whose panels have <paramref name="panelColumns"/> and whose strips, padding included, <paramref name="stripColumns"/> columns.</summary>
    public void Prepare(int keyHeads, int keys, int panelColumns, int stripColumns)
    {
        _tiles = TileSize.Count(keys, TileSize.Keys);
        (_panelSize, _stripSize) = (TileSize.Keys * panelColumns, TileSize.Keys * stripColumns);
        long perHead = (long)_tiles * (_panelSize + _stripSize) * Unsafe.SizeOf<T>();
        Heads = (int)Math.Clamp(Room / Math.Max(1, perHead), 1, keyHeads);
        _panels.Take(Math.Max(1, checked(Heads * _tiles * _panelSize)));
        _strips.Take(Math.Max(1, checked(Heads * _tiles * _stripSize)));
    }

    /// <summary>The panels of a tile of a head, counted among those packed.</summary>
    public ref T Panels(int head, int tile) => ref Unsafe.Add(ref _panels.Take(0), (nint)((head * _tiles) + tile) * _panelSize);

    /// <summary>The strips of a tile of a head.</summary>
    public ref T Strips(int head, int tile) => ref Unsafe.Add(ref _strips.Take(0), (nint)((head * _tiles) + tile) * _stripSize);
}
