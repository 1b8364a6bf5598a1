using CsCheck;
using Kelvin.Tangents;
using Kelvin.Tests.Networks;

namespace Kelvin.Tests.Tangents.Attention;

public sealed class SequenceAttentionTests
{
    private static readonly SequenceAttentionOptions Shape = new() { Vocabulary = 4, Length = 5, Width = 3 };

    [Fact]
    public void The_output_is_the_formula_written_out() =>
        Gen.Select(AttentionCase.Options, Gen.Int[0, 1000]).Sample((options, seed) =>
        {
            SequenceAttention layer = AttentionCase.Layer(options, seed);
            SequenceSet set = AttentionCase.Set(options, 1, seed);

            double output = new SequenceAttentionPass(layer).Forward(set.Sequence(0));

            double expected = SlowAttention.Output(layer, set.Sequence(0));
            Assert.Equal(expected, output, 1e-12 * (1 + Math.Abs(expected)));
        });

    [Fact]
    public void The_gradient_is_the_central_difference_for_every_shape_and_normaliser() =>
        Gen.Select(AttentionCase.Options, Gen.Int[0, 1000]).Sample((options, seed) =>
        {
            SequenceAttention layer = AttentionCase.Layer(options, seed);
            SequenceSet set = AttentionCase.Set(options, 1, seed);
            var pass = new SequenceAttentionPass(layer);
            double[] gradient = new double[options.ParameterCount];
            pass.Forward(set.Sequence(0));
            bool isNearKink = options.Normaliser == AttentionNormaliser.Relu && pass.Logits.ToArray().Any(logit => Math.Abs(logit) < 0.02);
            pass.Backward(set.Sequence(0), 1, gradient);

            double[] differences = CentralDifference.Gradient(layer.Parameters, 1e-3, () => pass.Forward(set.Sequence(0)));

            if (!isNearKink)
                Assert.True(Distance(gradient, differences) <= 1e-6 * (1e-6 + Size(differences)), $"{options}: {Distance(gradient, differences)}");
        });

    [Fact]
    public void Softmax_at_a_great_temperature_averages_uniformly()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape with { Temperature = 1e12 }, 1);
        var pass = new SequenceAttentionPass(layer);

        pass.Forward([0, 1, 2, 3, 0]);

        Assert.All(pass.Weights.ToArray(), weight => Assert.Equal(0.2, weight, 1e-11));
    }

    [Fact]
    public void Softmax_at_a_small_temperature_reads_only_the_largest_logit()
    {
        SequenceAttention layer = SequenceAttention.Create(Shape with { Temperature = 1e-6 }, 1);
        var pass = new SequenceAttentionPass(layer);

        pass.Forward([0, 1, 2, 3, 0]);

        int largest = Array.IndexOf(pass.Logits.ToArray(), pass.Logits.ToArray().Max());
        Assert.Equal(1, pass.Weights.Span[largest]);
    }

    [Fact]
    public void Only_softmax_does_not_see_a_common_shift_of_the_keys()
    {
        foreach (AttentionNormaliser normaliser in Enum.GetValues<AttentionNormaliser>())
        {
            SequenceAttention layer = SequenceAttention.Create(Shape with { Normaliser = normaliser }, 2);
            double before = new SequenceAttentionPass(layer).Forward([0, 1, 2, 3, 0]);
            layer.KeyBias.Span.Fill(1);

            double change = Math.Abs(new SequenceAttentionPass(layer).Forward([0, 1, 2, 3, 0]) - before);

            Assert.True(normaliser == AttentionNormaliser.Softmax ? change < 1e-14 : change > 1e-6, $"{normaliser}: {change}");
        }
    }

    [Fact]
    public void A_token_outside_the_vocabulary_and_a_wrong_length_are_refused()
    {
        var pass = new SequenceAttentionPass(SequenceAttention.Create(Shape, 1));

        Assert.Throws<ArgumentOutOfRangeException>(() => pass.Forward([0, 1, 2, 3, 4]));
        Assert.Throws<ArgumentException>(() => pass.Forward([0, 1]));
        Assert.Throws<ArgumentException>(() => new SequenceSet([0, 1, 2], [1, -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SequenceAttention.Create(Shape with { Temperature = 0 }, 1));
    }

    private static double Size(double[] values) => Math.Sqrt(values.Sum(value => value * value));

    private static double Distance(double[] one, double[] two) => Size([.. one.Zip(two, (a, b) => a - b)]);
}
