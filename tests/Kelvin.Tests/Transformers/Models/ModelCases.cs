using CsCheck;
using Kelvin.Tests.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Models;

namespace Kelvin.Tests.Transformers.Models;

/// <summary>A small model of either kind with random weights, remedies and a batch.</summary>
internal sealed record ModelCases(TransformerModel<double> Model, Remedies Remedies, int Length, int[] Tokens, int[] Labels)
{
    /// <summary>Window, soft-cap, ALiBi, sinks and QK-norm, each in one of three.</summary>
    private static Gen<Func<TransformerConfig, TransformerConfig>> Attentions { get; } =
        from window in Gen.Int[-5, 3]
        from cap in Gen.Double[-2, 1.5]
        from flags in Gen.Int[0, 2].Array[3]
        select (Func<TransformerConfig, TransformerConfig>)(config => config with
        {
            Window = window > 0 ? window : null,
            SoftCap = cap > 0.3 ? cap : null,
            HasAlibi = flags[0] == 0,
            Rotary = flags[0] == 0 ? null : config.Rotary,
            HasSinks = flags[1] == 0,
            HasQueryKeyNorm = flags[2] == 0,
        });

    public static Gen<ModelCases> Any { get; } =
        from isLlama in Gen.Bool
        from shape in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 2], Gen.Int[1, 2], Gen.Int[2, 6])
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool)
        from activation in Gen.Int[0, 2]
        from temperature in Gen.Double[0.5, 2]
        from z in Gen.OneOf(Gen.Const(0.0), Gen.Double[0, 0.05])
        from attention in Attentions
        from batch in Gen.Select(Gen.Int[1, 2], Gen.Int[1, 4], Gen.Int[0, int.MaxValue])
        let config = isLlama
            ? TinyModels.Llama(shape.Item1 * shape.Item2, shape.Item1, shape.Item3, shape.Item4, flags.Item1, flags.Item2)
            : TinyModels.Gpt2(shape.Item1, 1 + shape.Item2, shape.Item3, shape.Item4, flags.Item1)
        select Make(
            attention(config) with { Activation = (ActivationKind)activation },
            new Remedies { NormalisesQueriesAndKeys = flags.Item3, ZLoss = z, AttentionTemperature = temperature },
            batch.Item1,
            batch.Item2,
            batch.Item3);

    public TransformerConfig Config => Model.Config;

    public TransformerWorkspace<double> Workspace() => new(Config, Tokens.Length);

    private static ModelCases Make(TransformerConfig config, Remedies remedies, int sequences, int length, int seed)
    {
        var numbers = new BlockCase(seed);
        var model = new TransformerModel<double>(config);
        numbers.Vector(model.Layout.Total, 0.6).CopyTo(model.Parameters);
        int[] tokens = numbers.Tokens(sequences * length, config.VocabularySize);
        int[] labels = [.. numbers.Tokens(sequences * length, config.VocabularySize + 1).Select(label => label - 1)];
        labels[0] = Math.Max(0, labels[0]);
        return new ModelCases(model, remedies, length, tokens, labels);
    }
}
