using CsCheck;
using Kelvin.Linear;
using Kelvin.Tangents;
using Kelvin.Tests.Networks;

namespace Kelvin.Tests.Tangents.Attention;

public sealed class AttentionTangentsTests
{
    private static readonly SequenceAttentionOptions Shape = new() { Vocabulary = 6, Length = 5, Width = 4 };

    [Fact]
    public void The_kernel_is_the_differenced_Jacobian_times_its_transpose_symmetric_and_not_indefinite() =>
        Gen.Select(AttentionCase.Options.Where(options => options.Normaliser != AttentionNormaliser.Relu), Gen.Int[1, 4], Gen.Int[0, 1000]).Sample(
            (options, count, seed) =>
            {
                SequenceAttention layer = AttentionCase.Layer(options, seed);
                SequenceSet set = AttentionCase.Set(options, count, seed);
                var pass = new SequenceAttentionPass(layer);
                double[][] jacobian =
                    [.. Enumerable.Range(0, count).Select(i => CentralDifference.Gradient(layer.TrainedParameters, 1e-3, () => pass.Forward(set.Sequence(i))))];

                MatrixView<double> kernel = AttentionTangents.Kernel(layer, set);

                double largest = Enumerable.Range(0, count).Max(i => jacobian[i].Sum(entry => entry * entry));
                for (int i = 0; i < count; i++)
                {
                    for (int j = 0; j < count; j++)
                    {
                        Assert.Equal(jacobian[i].Zip(jacobian[j], (a, b) => a * b).Sum(), kernel[i, j], (1e-7 * largest) + 1e-14);
                        Assert.Equal(kernel[i, j], kernel[j, i]);
                    }
                }

                Assert.False(KernelSpectrum.Of(kernel, 1).IsIndefinite);
            },
            iter: 50);

    [Fact]
    public void A_common_shift_of_the_keys_leaves_the_kernel_of_softmax_as_it_is()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape, 3);
        SequenceSet set = AttentionCase.Set(Shape, 8, 3);
        MatrixView<double> before = AttentionTangents.Kernel(layer, set);
        layer.KeyBias.Span.Fill(1);

        MatrixView<double> after = AttentionTangents.Kernel(layer, set);

        double scale = KernelSpectrum.Of(before, 1).Largest;
        for (int i = 0; i < before.Span.Length; i++)
            Assert.Equal(before.Span[i], after.Span[i], 1e-13 * scale);
    }

    [Fact]
    public void A_small_step_lowers_the_loss_by_what_the_kernel_says()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape, 4);
        SequenceSet set = AttentionCase.Set(Shape, 8, 4);
        double[] residuals = AttentionTangents.Residuals(layer, set);
        MatrixView<double> kernel = AttentionTangents.Kernel(layer, set);
        double fall = 0;
        for (int i = 0; i < 8; i++)
        {
            for (int j = 0; j < 8; j++)
                fall += residuals[i] * kernel[i, j] * residuals[j];
        }

        IReadOnlyList<double> losses = AttentionTangents.Descend(layer, set, 1e-6, 1);

        Assert.Equal(residuals.Sum(residual => residual * residual) / 2, losses[0], 1e-12);
        Assert.Equal(1, (losses[0] - losses[1]) / (1e-6 * fall), 1e-4);
    }

    [Fact]
    public void Training_softmax_leaves_the_key_bias_and_training_queries_and_keys_leaves_the_rest()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape with { Training = AttentionTraining.QueriesAndKeys }, 5);
        double[] before = layer.Parameters.ToArray();

        AttentionTangents.Descend(layer, AttentionCase.Set(Shape, 8, 5), 0.1, 50);

        int trained = layer.Options.TrainedCount;
        Assert.All(layer.KeyBias.ToArray(), bias => Assert.Equal(0, bias, 1e-14));
        Assert.NotEqual(before[..trained], layer.Parameters[..trained].ToArray());
        Assert.Equal(before[trained..], layer.Parameters[trained..].ToArray());
    }

    [Fact]
    public void A_diverging_descent_ends_with_the_loss_that_shows_it()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape with { Normaliser = AttentionNormaliser.Linear }, 6);

        IReadOnlyList<double> losses = AttentionTangents.Descend(layer, AttentionCase.Set(Shape, 8, 6), 1e3, 100);

        Assert.True(losses.Count < 100);
        Assert.False(losses[^1] <= 1e6 * losses[0]);
    }
}
