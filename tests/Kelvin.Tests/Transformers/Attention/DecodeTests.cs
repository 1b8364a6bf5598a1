using CsCheck;
using Kelvin.Linear;

namespace Kelvin.Tests.Transformers.Attention;

public sealed class DecodeTests
{
    private static readonly Gen<AttentionCase> Cases = Gen.Select(
        Gen.Int[0, 1_000_000], Gen.Int[1, 900], Gen.Int[1, 40], Gen.Int[1, 40], Gen.Int[1, 2], Gen.Int[1, 3], Gen.Double[0.1, 3])
        .Select((seed, keys, depth, valueDepth, keyHeads, group, size) => AttentionCase.Draw(seed, 1, keys, depth, valueDepth, keyHeads, group, size));

    public static TheoryData<int> Widths => Kernels.Widths;

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_single_query_over_a_cache_agrees_with_the_formulas_under_every_option(int width) => Cases.Sample(
        attention =>
        {
            AttentionForwardTests.Check<double>(attention, width, 4e-14);
            AttentionForwardTests.Check<float>(attention, width, 2e-5);
        },
        iter: 25);

    [Fact]
    public void Decoding_token_by_token_is_the_prefill_of_all()
    {
        AttentionCase all = AttentionCase.Draw(1, 40, 40, 8, 8, 1, 2, 1);
        AttentionCase causal = all with { Options = all.Options with { IsCausal = true, QueryOffset = null, Window = null }, Bias = default, KeyCounts = [] };
        MatrixView<double> prefill = AttentionForwardTests.Run<double>(causal, 3).Output;
        for (int i = 0; i < 40; i++)
        {
            AttentionCase step = causal with { Q = causal.Q.RowRange(i, 1), K = causal.K.RowRange(0, i + 1), V = causal.V.RowRange(0, i + 1) };
            MatrixView<double> token = AttentionForwardTests.Run<double>(step, 3).Output;
            for (int j = 0; j < token.Columns; j++)
                Assert.Equal(prefill[i, j], token[0, j], 1e-13);
        }
    }
}
