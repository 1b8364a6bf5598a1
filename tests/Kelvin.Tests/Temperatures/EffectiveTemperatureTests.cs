using CsCheck;
using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Tests.Temperatures;

public sealed class EffectiveTemperatureTests
{
    private static readonly Gen<double[][]> Heads = Gen.Int[-24, 24].Select(eighths => eighths / 8.0).Array[2, 12].Array[1, 8]
        .Where(rows => rows.All(row => row.Max() > row.Min()));

    [Fact]
    public void Of_one_row_it_is_one_over_the_standard_deviation()
    {
        double[] row = [1, 3, 5, 7];

        Assert.Equal(1 / Math.Sqrt(5), EffectiveTemperature.Find([row]), 1e-9);
    }

    [Fact]
    public void Standardised_logits_at_that_temperature_have_the_same_mean_entropy() => Heads.Sample(rows =>
    {
        double temperature = EffectiveTemperature.Find(Memories(rows));

        Assert.Equal(rows.Average(row => Entropy(row, 1)), rows.Average(row => Entropy(Standardised(row), temperature)), 1e-8);
    });

    [Fact]
    public void Scaling_a_row_divides_it_and_shifting_rows_changes_nothing() => Gen.Select(Heads, Gen.Double[0.5, 4], Gen.Int[-50, 50]).Sample((rows, scale, shift) =>
    {
        double before = EffectiveTemperature.Find(Memories(rows));

        double shifted = EffectiveTemperature.Find(Memories([.. rows.Select(row => row.Select(z => z + shift).ToArray())]));
        double[] scaled = [.. rows[0].Select(z => z * scale)];

        Assert.Equal(before, shifted, 1e-7 * before);
        Assert.Equal(EffectiveTemperature.Find([rows[0]]) / scale, EffectiveTemperature.Find([scaled]), 1e-9);
    });

    [Fact]
    public void Masked_entries_do_not_count()
    {
        double masked = EffectiveTemperature.Find([new[] { 1, double.NegativeInfinity, 3, 5, double.NegativeInfinity, 7 }]);

        Assert.Equal(EffectiveTemperature.Find([new double[] { 1, 3, 5, 7 }]), masked, 1e-12);
    }

    [Fact]
    public void Rows_without_a_spread_and_broken_rows_are_left_out()
    {
        double[] good = [1, 3, 5, 7];

        Assert.Equal(EffectiveTemperature.Find([good]), EffectiveTemperature.Find([new double[] { 2, 2, 2 }, good, new[] { 1, double.NaN }]), 1e-12);
        Assert.True(double.IsNaN(EffectiveTemperature.Find([new double[] { 2, 2, 2 }])));
        Assert.True(double.IsNaN(EffectiveTemperature.Find([])));
    }

    [Fact]
    public void A_head_of_one_hot_rows_still_has_one()
    {
        double temperature = EffectiveTemperature.Find([new double[] { 0, 0, 5000 }, new double[] { 0, 9000, 0 }]);

        Assert.InRange(temperature, 1e-5, 1e-2);
    }

    private static ReadOnlyMemory<double>[] Memories(double[][] rows) => [.. rows.Select(row => (ReadOnlyMemory<double>)row)];

    private static double Entropy(double[] row, double temperature) => TemperedSoftmax.Statistics(row, temperature).Entropy;

    private static double[] Standardised(double[] row)
    {
        double mean = row.Average();
        double deviation = Math.Sqrt(row.Average(z => (z - mean) * (z - mean)));
        return [.. row.Select(z => (z - mean) / deviation)];
    }
}
