using System.Numerics;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Transformers.Models;

/// <summary>The memory of forward and backward passes through a transformer, kept from step to step so that none of them allocates.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <remarks>
/// <para>For models of one configuration and one caller at a time. It grows when a larger batch comes.</para>
/// <para>Memory for n tokens: L·n·(5 D + (2 H + 2 K) d + 3 F) elements of activations (one F less without a gate), one for each parameter, and a
/// block of logits of at most about a million elements (256 rows at least).</para>
/// </remarks>
public sealed class TransformerWorkspace<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int LogitsAtOnce = 1 << 20;
    private const int FewestHeadRows = 256;
    private readonly T[] _gradient;
    private T[] _embedded = [];
    private T[] _normed = [];
    private T[] _stream = [];
    private T[] _width = [];
    private T[] _inputs = [];
    private T[] _heads = [];
    private T[] _scoredHeads = [];
    private T[] _entries = [];
    private T[] _units = [];
    private RowScaling<T>[] _norms = [];
    private int[] _starts = [];
    private int _equalLength;
    private AttentionOptions? _attention;
    private double _temperature;

    /// <summary>Makes room for batches of up to <paramref name="tokens"/> tokens.</summary>
    /// <exception cref="ArgumentException">The configuration does not hold, or there is not at least one token.</exception>
    public TransformerWorkspace(TransformerConfig config, int tokens)
    {
        ArgumentNullException.ThrowIfNull(config);
        Require.Positive(tokens);
        Config = config;
        Layout = new TransformerLayout(config);
        _gradient = new T[Layout.Total];
        Gradients = new ModelWeights<T>(config, Layout, _gradient);
        HeadSums = new HeadVitals[config.Layers * config.Heads];
        HeadRows = Math.Max(FewestHeadRows, LogitsAtOnce / config.VocabularySize);
        Logits = MatrixView.Allocate<T>(HeadRows, config.VocabularySize);
        Layers = [];
        ResetVitals();
        Reserve(tokens, []);
    }

    /// <summary>The models that this workspace serves.</summary>
    public TransformerConfig Config { get; }

    /// <summary>Where each gradient lies.</summary>
    public TransformerLayout Layout { get; }

    /// <summary>The most tokens in a batch that fit without growing.</summary>
    public int Capacity { get; private set; }

    /// <summary>The gradient of every parameter, laid out as the parameters are.</summary>
    public Span<T> Gradient => _gradient;

    internal Memory<T> GradientMemory => _gradient;

    internal ModelWeights<T> Gradients { get; }

    /// <summary>Running sums for every head, layer after layer.</summary>
    internal HeadVitals[] HeadSums { get; }

    internal LayerActivations<T>[] Layers { get; private set; }

    /// <summary>Rows of logits at a time.</summary>
    internal int HeadRows { get; }

    internal MatrixView<T> Logits { get; }

    /// <summary>The rows that go on behind the last attention.</summary>
    internal ScoredRows Scored { get; } = new();

    internal int Rows { get; private set; }

    internal MatrixView<T> Embedded => new(_embedded, Rows, Config.Width);

    /// <summary>Of the last norm, for scored rows.</summary>
    internal MatrixView<T> Normed => new(_normed, Scored.Count, Config.Width);

    internal Memory<RowScaling<T>> Norms => _norms.AsMemory(0, Scored.Count);

    /// <summary>Gradient of the residual stream.</summary>
    internal MatrixView<T> Stream => new(_stream, Rows, Config.Width);

    /// <summary>Gradient of what a norm gives.</summary>
    internal MatrixView<T> NormedGradient => new(_width, Rows, Config.Width);

    internal MatrixView<T> InputGradient => new(_inputs, Rows, LayerActivations<T>.InputWidth(Config));

    internal MatrixView<T> HeadsGradient => new(_heads, Rows, Config.Heads * Config.HeadSize);

    internal MatrixView<T> EntryGradient => new(_entries, Rows, LayerActivations<T>.EntryWidth(Config));

    internal MatrixView<T> UnitGradient => new(_units, Rows, Config.FeedForwardWidth);

    internal AttentionStatistics[] HeadStatistics { get; private set; } = [];

    /// <summary>The sinks' gradient of each sequence, which has at least one token; empty without sinks.</summary>
    internal T[] SinkGradients { get; private set; } = [];

    /// <summary>The residual stream before a block.</summary>
    internal MatrixView<T> Before(int layer) => layer == 0 ? Embedded : Layers[layer - 1].Output;

    /// <summary>What the heads of a block give for the rows that go on behind them.</summary>
    internal MatrixView<T> HeadsBehind(int layer)
    {
        LayerActivations<T> a = Layers[layer];
        return a.RowsBehind == a.Rows ? a.Heads : new(_scoredHeads, a.RowsBehind, a.Heads.Columns);
    }

    /// <summary>What the attention of every layer does, made anew when the temperature changes.</summary>
    internal AttentionOptions AttentionOptions(double temperature)
    {
        if (_attention is null || temperature != _temperature)
        {
            (_attention, _temperature) = (Kelvin.Transformers.Attention.AttentionOptions.Of(Config, temperature), temperature);
        }

        return _attention;
    }

    /// <summary>The starts of so many sequences of one length, and the end of the last.</summary>
    internal ReadOnlyMemory<int> EqualStarts(int sequences, int length)
    {
        if (_starts.Length <= sequences || _equalLength != length)
        {
            _starts = new int[sequences + 1];
            for (int i = 0; i <= sequences; i++)
                _starts[i] = i * length;
            _equalLength = length;
        }

        return _starts.AsMemory(0, sequences + 1);
    }

    internal void ResetVitals() => Array.Fill(HeadSums, HeadVitals.None);

    /// <summary>Uses the first <paramref name="tokens"/> rows, and grows if there are not as many; without labels all of them are scored.</summary>
    internal void Reserve(int tokens, ReadOnlySpan<int> labels)
    {
        if (tokens > Capacity)
            Grow(tokens);
        Rows = tokens;
        if (labels.IsEmpty)
            Scored.ChooseAll(tokens);
        else
            Scored.Choose(labels);
        foreach (LayerActivations<T> layer in Layers)
            layer.Use(tokens, layer == Layers[^1] ? Scored.Count : tokens);
    }

    private void Grow(int tokens)
    {
        Layers = [.. Enumerable.Range(0, Config.Layers).Select(_ => new LayerActivations<T>(Config, tokens))];
        _embedded = new T[checked(tokens * Config.Width)];
        _normed = new T[_embedded.Length];
        _stream = new T[_embedded.Length];
        _width = new T[_embedded.Length];
        _inputs = new T[checked(tokens * LayerActivations<T>.InputWidth(Config))];
        _heads = new T[checked(tokens * Config.Heads * Config.HeadSize)];
        _scoredHeads = new T[_heads.Length];
        _entries = new T[checked(tokens * LayerActivations<T>.EntryWidth(Config))];
        _units = new T[checked(tokens * Config.FeedForwardWidth)];
        _norms = new RowScaling<T>[tokens];
        HeadStatistics = new AttentionStatistics[checked(tokens * Config.Heads)];
        SinkGradients = Config.HasSinks ? new T[HeadStatistics.Length] : [];
        Capacity = tokens;
    }
}
