using System.Runtime.Intrinsics;
using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Linear;
using Kelvin.Transformers.Weights;

namespace Kelvin.Tests.Transformers.Weights;

public sealed class WeightMatrixTests
{
    private static readonly Gen<WeightFormat> Format = Gen.Enum<WeightFormat>();

    [Fact]
    public void Products_stay_within_the_stated_bound_of_the_weights_as_they_are_kept() =>
        Gen.Select(Format, Gen.Int[1, 150], Gen.Int[1, 140], Gen.Frequency((4, Gen.Int[1, 13]), (1, Gen.Int[13, 40])), Gen.Int[0, 1000], Gen.Int[1, 2]).Sample(
            (format, outputs, inputs, tokens, seed, threads) =>
            {
                WeightMatrix w = WeightMatrix.From(Reference.Random<float>(outputs, inputs, seed), format);
                MatrixView<float> x = Reference.Random<float>(tokens, inputs, seed + 1, gap: seed % 3);
                MatrixView<float> y = Reference.Random<float>(tokens, outputs, seed + 2, gap: seed % 2);

                w.Multiply(x, y, threads);

                return Reference.IsWithin(y, Reference.Multiply(1f, x, Transpose.No, Widened(w), Transpose.Yes, 0f, y));
            });

    [Fact]
    public void Every_width_holds_the_bound()
    {
        HoldTheBound<float, StoredFloat32>(x => x);
        HoldTheBound<ushort, StoredBFloat16>(StoredBFloat16.Round);
        HoldTheBound<short, StoredFloat16>(x => BitConverter.HalfToInt16Bits((Half)x));
        HoldTheBound<short, StoredAnyFloat16>(x => BitConverter.HalfToInt16Bits((Half)x));
        HoldTheBound<sbyte, StoredInt8>(x => (sbyte)(x * 127));
    }

    [Fact]
    public void One_token_gives_the_bits_that_it_gives_among_others_on_any_number_of_threads() =>
        Gen.Select(Format, Gen.Int[1, 200], Gen.Int[1, 100], Gen.Int[2, 12], Gen.Int[0, 100]).Sample((format, outputs, inputs, tokens, seed) =>
        {
            WeightMatrix w = WeightMatrix.From(Reference.Random<float>(outputs, inputs, seed), format);
            MatrixView<float> x = Reference.Random<float>(tokens, inputs, seed + 1);
            MatrixView<float> together = MatrixView.Allocate<float>(tokens, outputs);
            MatrixView<float> alone = MatrixView.Allocate<float>(tokens, outputs);
            w.Multiply(x, together, threads: 2);
            for (int n = 0; n < tokens; n++)
                w.Multiply(x.RowRange(n, 1), alone.RowRange(n, 1));
            return Reference.AreSame<float>(together, alone);
        });

    [Fact]
    public void Every_brain_float_and_every_half_survives_to_the_bit()
    {
        for (int start = 0; start < 65536; start += 256)
        {
            float[] brain = [.. Enumerable.Range(start, 256).Select(i => BitConverter.UInt32BitsToSingle((uint)i << 16))];
            Same(brain, WeightFormat.BF16);
            float[] half = [.. Enumerable.Range(start, 256).Select(i => (float)BitConverter.UInt16BitsToHalf((ushort)i))];
            Same(half, WeightFormat.F16);
        }

        static void Same(float[] row, WeightFormat format)
        {
            float[] back = new float[row.Length];
            WeightMatrix.From(new MatrixView<float>(row, 1, row.Length), format).CopyRow(0, back);
            for (int i = 0; i < row.Length; i++)
                Assert.True(row[i].Equals(back[i]) && float.IsNegative(row[i]) == float.IsNegative(back[i]), $"{row[i]:R} became {back[i]:R} in {format}");
        }
    }

    [Fact]
    public void Rounding_is_to_the_nearest_and_ties_go_to_even() =>
        Gen.Float[-70_000, 70_000].Sample(x =>
        {
            uint bits = BitConverter.SingleToUInt32Bits(x);
            float below = BitConverter.UInt32BitsToSingle(bits & 0xFFFF0000);
            float above = BitConverter.UInt32BitsToSingle((bits & 0xFFFF0000) + 0x10000);
            float kept = Kept(x, WeightFormat.BF16);
            return Math.Abs((double)kept - x) <= Math.Min(Math.Abs((double)below - x), Math.Abs((double)above - x));
        });

    [Fact]
    public void Integers_err_by_at_most_half_a_step_of_their_row() =>
        Gen.Select(Gen.Float[-3, 3].Array[1, 70], Gen.Float[0.001f, 1000]).Sample((row, factor) =>
        {
            float[] w = Array.ConvertAll(row, x => x * factor);
            float[] back = new float[w.Length];
            WeightMatrix.From(new MatrixView<float>(w, 1, w.Length), WeightFormat.I8).CopyRow(0, back);
            float step = w.Max(Math.Abs) / 127;
            return w.Zip(back).All(pair => Math.Abs(pair.First - pair.Second) <= step * 0.50001f);
        });

    [Fact]
    public void What_is_not_a_number_stays_in_its_sum_and_is_refused_as_an_integer()
    {
        MatrixView<float> w = Reference.Random<float>(9, 40, 1);
        w[4, 33] = float.NaN;
        w[5, 2] = float.PositiveInfinity;
        MatrixView<float> x = Reference.Random<float>(1, 40, 2);
        MatrixView<float> y = MatrixView.Allocate<float>(1, 9);
        foreach (WeightFormat format in (WeightFormat[])[WeightFormat.F32, WeightFormat.BF16, WeightFormat.F16])
        {
            WeightMatrix.From(w, format).Multiply(x, y);
            for (int i = 0; i < 9; i++)
                Assert.Equal((i == 4, i == 5), (float.IsNaN(y[0, i]), float.IsInfinity(y[0, i])));
        }

        Assert.Contains("Row 4", Assert.Throws<ArgumentException>(() => WeightMatrix.From(w, WeightFormat.I8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_are_those_of_the_numbers_and_scales()
    {
        MatrixView<float> w = Reference.Random<float>(8, 100, 1);

        Assert.Equal(3200, WeightMatrix.From(w, WeightFormat.F32).Bytes);
        Assert.Equal(1600, WeightMatrix.From(w, WeightFormat.BF16).Bytes);
        Assert.Equal(1600, WeightMatrix.From(w, WeightFormat.F16).Bytes);
        Assert.Equal(832, WeightMatrix.From(w, WeightFormat.I8).Bytes);
    }

    [Fact]
    public void What_is_expected_and_read_ahead_changes_no_bit()
    {
        WeightMatrix w = WeightMatrix.From(Reference.Random<float>(500, 300, 1), WeightFormat.F16);
        MatrixView<float> x = Reference.Random<float>(1, 300, 2);
        MatrixView<float> alone = MatrixView.Allocate<float>(1, 500);
        MatrixView<float> y = MatrixView.Allocate<float>(1, 500);
        w.Multiply(x, alone);
        using ParallelStandby? standby = ParallelStandby.Open(2);

        for (int i = 0; i < 200; i++)
        {
            w.Expect();
            y.Span.Clear();
            w.Multiply(x, y, threads: 2);
            Assert.True(Reference.AreSame<float>(alone, y));
        }
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        WeightMatrix w = WeightMatrix.From(Reference.Random<float>(200, 64, 1), WeightFormat.BF16);
        MatrixView<float> x = Reference.Random<float>(20, 64, 2);
        MatrixView<float> y = MatrixView.Allocate<float>(20, 200);

        long bytes = Allocations.Fewest(() => 0, _ =>
        {
            w.Multiply(x, y);
            w.Multiply(x.RowRange(0, 1), y.RowRange(0, 1));
            w.Multiply(x.RowRange(0, 5), y.RowRange(0, 5));
        });

        Assert.Equal(0, bytes);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        WeightMatrix w = WeightMatrix.From(Reference.Random<float>(3, 4, 1), WeightFormat.I8);

        Assert.Equal("x", Assert.Throws<ArgumentException>(() => w.Multiply(MatrixView.Allocate<float>(1, 3), MatrixView.Allocate<float>(1, 3))).ParamName);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => w.Multiply(MatrixView.Allocate<float>(1, 4), MatrixView.Allocate<float>(2, 3))).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => w.CopyRow(3, new float[4]));
    }

    private static float Kept(float x, WeightFormat format)
    {
        float[] back = new float[1];
        WeightMatrix.From(new MatrixView<float>(new[] { x }, 1, 1), format).CopyRow(0, back);
        return back[0];
    }

    private static MatrixView<float> Widened(WeightMatrix w)
    {
        MatrixView<float> widened = MatrixView.Allocate<float>(w.Outputs, w.Inputs);
        for (int i = 0; i < w.Outputs; i++)
            w.CopyRow(i, widened.Row(i));
        return widened;
    }

    private static void HoldTheBound<TStored, TFormat>(Func<float, TStored> round)
        where TStored : unmanaged
        where TFormat : struct, IStoredFormat<TStored> =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 100], Gen.Int[1, 6], Gen.Int[0, 1000]).Sample((outputs, inputs, tokens, seed) =>
        {
            TStored[] stored = [.. Reference.Random<float>(outputs, inputs, seed).Span.ToArray().Select(round)];
            var rows = new FormatRows<TStored, TFormat>(stored, inputs, []);
            MatrixView<float> widened = new(Array.ConvertAll(stored, TFormat.Widen), outputs, inputs);
            MatrixView<float> x = Reference.Random<float>(tokens, inputs, seed + 1, gap: 1);
            MatrixView<float> y = MatrixView.Allocate<float>(tokens, outputs);
            (double[,], double[,]) expected = Reference.Multiply(1f, x, Transpose.No, widened, Transpose.Yes, 0f, y);
            rows.Products<Simd512<float>, Vector512<float>>(0, outputs, x, y);
            Assert.True(Reference.IsWithin(y, expected), "512");
            rows.Products<Simd256<float>, Vector256<float>>(0, outputs, x, y);
            Assert.True(Reference.IsWithin(y, expected), "256");
            rows.Products<Simd128<float>, Vector128<float>>(0, outputs, x, y);
            Assert.True(Reference.IsWithin(y, expected), "128");
            rows.Products<SimdScalar<float>, float>(0, outputs, x, y);
            Assert.True(Reference.IsWithin(y, expected), "scalar");
        }, iter: 40);
}
