using Kelvin.Inspection.Sites;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>Reads every softmax of a model while a text passes through it, a layer at a time, its heads in parallel.</summary>
internal sealed class CheckpointObserver : IModelObserver
{
    private readonly TransformerConfig _config;
    private readonly CheckpointInspectionOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly int _tokens;
    private readonly List<SoftmaxSite> _attention = [];
    private readonly WorstPatterns _worst = new();
    private readonly OutputRows _output;

    public CheckpointObserver(TransformerConfig config, CheckpointInspectionOptions options, CancellationToken cancellationToken)
    {
        (_config, _options, _cancellationToken, _tokens) = (config, options, cancellationToken, options.Tokens.Count);
        _output = new OutputRows(options.Tokens, config.VocabularySize);
    }

    /// <summary>All softmaxes; valid once the text has passed.</summary>
    public IReadOnlyList<SoftmaxSite> Sites => [.. _attention, Output()];

    /// <summary>The pictures of the heads that stand out most.</summary>
    public IReadOnlyList<AttentionPattern> Patterns => _worst.Patterns;

    /// <summary>How well the text was predicted; null where its tokens are no labels.</summary>
    public OutputCalibration? Calibration => _options.HasLabels ? _output.Calibration(_options.Seed) : null;

    /// <summary>What was held of logits and probabilities, and what they would have taken together.</summary>
    public (long Held, long All) Bytes => (
        Math.Max(_options.Threads * HeadRows.Bytes(Entries), _output.Bytes),
        (sizeof(float) + sizeof(double)) * (((long)_config.Layers * _config.Heads * _tokens * _tokens) + ((long)_tokens * _config.VocabularySize)));

    /// <summary>Entries of an attention row: the keys, and a learnt sink behind them.</summary>
    private int Entries => _tokens + (_config.HasSinks ? 1 : 0);

    public void OnAttention(int layer, in AttentionInputs<float> inputs, AttentionOptions options)
    {
        AttentionInputs<float> shown = inputs;
        var tally = new SiteTally(_config.Heads, _tokens, AttentionScores.RowLength(inputs));
        PatternCells[] cells = [.. Enumerable.Range(0, _config.Heads).Select(_ => new PatternCells(_tokens))];
        Parallel.For(
            0,
            _config.Heads,
            new ParallelOptions { MaxDegreeOfParallelism = _options.Threads, CancellationToken = _cancellationToken },
            head => HeadRows.Read(shown, options, head, tally[head], cells[head]));

        IReadOnlyList<HeadVitals> heads = tally.Heads(hasLogits: true, isAttention: true);
        foreach (HeadVitals head in heads)
            _worst.Offer(head, layer, cells[head.Head]);
        _attention.Add(Site(layer, tally, heads));
        _options.Progress?.Invoke((layer + 1) / (double)(_config.Layers + 1));
    }

    public void OnLogits(int first, ReadOnlyMatrixView<float> logits)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _output.Read(first, logits);
        _options.Progress?.Invoke((_config.Layers + ((first + logits.Rows) / (double)_tokens)) / (_config.Layers + 1));
    }

    private SoftmaxSite Site(int layer, SiteTally tally, IReadOnlyList<HeadVitals> heads)
    {
        bool isLlama = _config.Family == ModelFamily.Llama;
        return new SoftmaxSite
        {
            Label = isLlama ? "self_attn" : "attn",
            Name = isLlama ? FormattableString.Invariant($"model.layers.{layer}.self_attn") : FormattableString.Invariant($"h.{layer}.attn"),
            Operator = "Attention",
            Kind = SiteKind.Attention,
            Layer = layer,
            Logits = "",
            Probabilities = "",
            Axis = 3,
            Shape = [1, _config.Heads, _tokens, Entries],
            RowLength = Entries,
            HasLogits = true,
            LargestDifference = double.NaN,
            Whole = tally.Whole(hasLogits: true, isAttention: true),
            Heads = heads,
            Rows = _options.KeepsRows ? tally.Rows : default,
        };
    }

    private SoftmaxSite Output() => new()
    {
        Label = "lm_head",
        Name = "lm_head",
        Operator = "Output",
        Kind = SiteKind.Output,
        Logits = "",
        Probabilities = "",
        Axis = 2,
        Shape = [1, _tokens, _config.VocabularySize],
        RowLength = _config.VocabularySize,
        HasLogits = true,
        LargestDifference = double.NaN,
        Whole = _output.Whole,
        Heads = [],
        Rows = _options.KeepsRows ? _output.Rows : default,
    };
}
