using System.Numerics;

namespace Kelvin.Transformers.Attention;

/// <summary>Inputs and options that fit one another, and the numbers that follow from them.</summary>
internal readonly struct AttentionPlan<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AttentionOptions _options;

    public AttentionPlan(in AttentionInputs<T> inputs, AttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Require.FloatOrDouble<T>();
        options.Check();
        (_options, Inputs) = (options, inputs);
        (Heads, KeyHeads) = (options.Heads, options.KeyValueHeads ?? options.Heads);
        (Queries, Keys) = (inputs.Queries.Rows, inputs.Keys.Rows);
        Depth = PerHead(inputs.Queries.Columns, Heads, nameof(inputs.Queries));
        ValueDepth = PerHead(inputs.Values.Columns, KeyHeads, nameof(inputs.Values));
        Require.SameShape(Keys, KeyHeads * Depth, inputs.Keys.Rows, inputs.Keys.Columns, nameof(inputs.Keys));
        Require.SameShape(Keys, KeyHeads * ValueDepth, inputs.Values.Rows, inputs.Values.Columns, nameof(inputs.Values));
        Offset = options.QueryOffset ?? Keys - Queries;
        HasBias = inputs.Bias.Columns > 0;
        if (HasBias)
            Require.SameShape(inputs.Bias.Rows == Queries ? Queries : Heads * Queries, Keys, inputs.Bias.Rows, inputs.Bias.Columns, nameof(inputs.Bias));
        if (!inputs.KeyCounts.IsEmpty)
            Require.Length(inputs.KeyCounts.Span, Queries, nameof(inputs.KeyCounts));
        foreach (int count in inputs.KeyCounts.Span)
            Require.Between(count, 0, Keys, nameof(inputs.KeyCounts));
        if (!inputs.Sinks.IsEmpty)
            Require.Length(inputs.Sinks.Span, Heads, nameof(inputs.Sinks));
    }

    public AttentionInputs<T> Inputs { get; }

    public int Heads { get; }

    public int KeyHeads { get; }

    /// <summary>Lq.</summary>
    public int Queries { get; }

    /// <summary>Lk.</summary>
    public int Keys { get; }

    /// <summary>d.</summary>
    public int Depth { get; }

    /// <summary>dv.</summary>
    public int ValueDepth { get; }

    /// <summary>Position of the first query.</summary>
    public long Offset { get; }

    public bool HasBias { get; }

    public bool HasSinks => !Inputs.Sinks.IsEmpty;

    /// <summary>Query heads that share a key head.</summary>
    public int Group => Heads / KeyHeads;

    /// <summary>Whether keys and values are read where they lie: those of a single tile pass by too few queries to be worth packing. A product takes six rows at least.</summary>
    public bool ReadsInPlace => Queries <= TileSize.Queries && Keys is >= TileSize.Rows and <= TileSize.Keys;

    public double Scale => _options.Scale ?? 1 / Math.Sqrt(Depth);

    public double? SoftCap => _options.SoftCap;

    public double Temperature(int head) => _options.Temperatures.IsEmpty ? 1 : _options.Temperatures.Span[head];

    public double Slope(int head) => _options.Slopes.IsEmpty ? 0 : _options.Slopes.Span[head];

    /// <summary>The sink's logit, not divided by T; null without one.</summary>
    public double? Sink(int head) => HasSinks ? double.CreateTruncating(Inputs.Sinks.Span[head]) : null;

    /// <summary>The row of the bias that belongs to a query of a head.</summary>
    public int BiasRow(int head, int query) => Inputs.Bias.Rows == Queries ? query : (head * Queries) + query;

    /// <summary>The keys from low up to but not including high that a query sees, whatever the bias says; low = high when there is none.</summary>
    public (int Low, int High) Visible(int query)
    {
        long position = query + Offset;
        long low = 0;
        long high = Keys;
        if (_options.IsCausal)
            high = Math.Min(high, position + 1);
        if (_options.Window is int window)
        {
            low = Math.Max(low, position - window + 1);
            high = Math.Min(high, position + window);
        }

        if (!Inputs.KeyCounts.IsEmpty)
            high = Math.Min(high, Inputs.KeyCounts.Span[query]);
        return low < high ? ((int)low, (int)high) : (0, 0);
    }

    private static int PerHead(int columns, int heads, string name)
    {
        if (columns == 0 || columns % heads != 0)
            throw new ArgumentException($"{name} has {columns} columns, but must have as many for each of its {heads} heads, at least 1.", name);
        return columns / heads;
    }
}
