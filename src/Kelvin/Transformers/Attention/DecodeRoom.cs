using System.Numerics;

namespace Kelvin.Transformers.Attention;

/// <summary>What the runs of keys leave of a decoding step: a softmax and a sum of values for each head; the calling thread keeps the memory.</summary>
internal sealed class DecodeRoom<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Keys of a run at most: they and their values stay near while the heads of a group pass.</summary>
    public const int LongestRun = 256;

    private const int ShortestRun = 32;

    [ThreadStatic]
    private static DecodeRoom<T>? _room;

    private DecodePart[] _parts = [];
    private T[] _sums = [];
    private T[] _first = [];
    private int _heads;
    private int _columns;

    public static DecodeRoom<T> ForThisThread => _room ??= new DecodeRoom<T>();

    /// <summary>Keys of a run: half of all while those are few, so that two threads read rows, and pages, of their own: 25 µs a layer instead of 30. It must not depend on the threads.</summary>
    public static int Run(int keys) => Math.Clamp(TileSize.Count(keys, 16) * 8, ShortestRun, LongestRun);

    /// <summary>Makes room for so many runs.</summary>
    public void Prepare(int runs, int heads, int columns)
    {
        (_heads, _columns) = (heads, columns);
        int parts = checked(runs * heads);
        if (_parts.Length < parts)
            _parts = new DecodePart[parts];
        if (_sums.Length < (long)parts * columns)
            _sums = new T[checked(parts * columns)];
        if (_first.Length < heads)
            _first = new T[heads];
        _first.AsSpan().Fill(T.NegativeInfinity);
    }

    /// <summary>The softmax of a head over a run.</summary>
    public ref DecodePart Part(int run, int head) => ref _parts[(run * _heads) + head];

    /// <summary>Σ e v of a head over a run.</summary>
    public Span<T> Sums(int run, int head) => _sums.AsSpan(((run * _heads) + head) * _columns, _columns);

    /// <summary>The score of key 0.</summary>
    public ref T First(int head) => ref _first[head];
}
