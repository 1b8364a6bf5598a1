using System.Runtime.Intrinsics;
using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Attention;

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

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_single_query_over_a_long_cache_agrees_with_the_formulas_under_every_option(int width)
    {
        for (int seed = 1; seed <= 6; seed++)
        {
            AttentionCase attention = AttentionCase.Draw(seed, 1, 8192 + (37 * seed), 5 + (7 * seed), 40 - (6 * seed), 1 + (seed % 3), 1 + (seed % 2), 1);
            AttentionForwardTests.Check<double>(attention, width, 4e-14);
            AttentionForwardTests.Check<float>(attention, width, 2e-5);
        }
    }

    [Fact]
    public void A_long_cache_is_added_up_key_after_key_to_the_bits_of_eight_rows_at_a_time() => Gen.Select(
        Gen.Float[-1, 1].Array[40 * 23], Gen.Float[-1, 1].Array[40], Gen.Float[-1, 1].Array[23], Gen.Int[1, 40]).Sample((rows, vector, weights, length) =>
        {
            float[] sums = new float[length], expectedSums = new float[length], products = new float[23], expectedProducts = new float[23];
            GemvKernel<Simd128<float>, Vector128<float>, float>.Products(ref rows[0], 40, ref vector[0], length, expectedProducts);
            GemvKernel<Simd128<float>, Vector128<float>, float>.AddMultiples(ref rows[0], 40, 1, weights, expectedSums);
            KeyWalk<Simd128<float>, Vector128<float>, float>.WithKeys(ref rows[0], 40, 23, 1, 1, length, ref vector[0], ref products[0], 23);
            KeyWalk<Simd128<float>, Vector128<float>, float>.WithValues(ref rows[0], 40, 23, 1, 1, length, ref weights[0], ref sums[0], 23);
            Assert.Equal(expectedProducts, products);
            Assert.Equal(expectedSums, sums);
        });

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
