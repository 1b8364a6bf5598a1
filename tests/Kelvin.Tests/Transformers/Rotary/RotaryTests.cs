using System.Numerics;
using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Tests.Transformers.Rotary;

public sealed class RotaryTests
{
    private static readonly Gen<RotaryOptions> Options = Gen.Select(
        Gen.Int[2, 20], Gen.Int[0, 4], Gen.Bool, Gen.Double[1, 8], Gen.Int[4, 60], Gen.Bool, Gen.Double[100, 100_000])
        .Select((pairs, scaling, halves, factor, original, isPartial, theta) => new RotaryOptions
        {
            HeadLength = 4 * pairs,
            PartialFactor = isPartial ? 0.5 : 1,
            Layout = halves ? RotaryLayout.Halves : RotaryLayout.Interleaved,
            Scaling = (RotaryScaling)scaling,
            Factor = factor,
            OriginalLength = original,
            Base = theta,
        });

    [Fact]
    public void Pairs_turn_by_the_angles_of_the_formulas() => Options.Sample(options =>
    {
        const int Length = 70;
        int turned = (int)(options.HeadLength * options.PartialFactor);
        var table = new RotaryTable<double>(options, Length);
        MatrixView<double> x = Waves(5, 2 * options.HeadLength);
        MatrixView<double> y = Waves(5, 2 * options.HeadLength);
        table.Apply(y, 60);

        for (int row = 0; row < x.Rows; row++)
        {
            for (int column = 0; column < x.Columns; column++)
            {
                int inHead = column % options.HeadLength;
                int start = column - inHead;
                if (inHead >= turned)
                {
                    Assert.Equal(x[row, column], y[row, column]);
                    continue;
                }

                bool halves = options.Layout == RotaryLayout.Halves;
                int pair = halves ? inHead % (turned / 2) : inHead / 2;
                int left = start + (halves ? pair : 2 * pair);
                int right = start + (halves ? pair + (turned / 2) : (2 * pair) + 1);
                (double frequency, double factor) = SlowRotary.Of(options, pair, Length);
                Complex z = new Complex(x[row, left], x[row, right]) * Complex.FromPolarCoordinates(factor, (60 + row) * frequency);
                Assert.Equal(column == left ? z.Real : z.Imaginary, y[row, column], 1e-11);
            }
        }
    });

    [Fact]
    public void Turning_back_is_the_transpose() => Options.Sample(options =>
    {
        var table = new RotaryTable<double>(options, 9);
        MatrixView<double> x = Waves(9, options.HeadLength);
        MatrixView<double> turned = Waves(9, options.HeadLength);
        MatrixView<double> g = MatrixView.Allocate<double>(9, options.HeadLength);
        for (int i = 0; i < g.Span.Length; i++)
            g.Span[i] = Math.Cos(3 * i);
        table.Apply(turned);
        double forward = Dot(turned.Span, g.Span);
        table.ApplyBackward(g);

        Assert.Equal(forward, Dot(x.Span, g.Span), 1e-10);
    });

    [Fact]
    public void Scores_depend_on_the_distance_alone()
    {
        var table = new RotaryTable<double>(new RotaryOptions { HeadLength = 16 }, 100);
        double near = Score(3, 10);
        double far = Score(83, 90);

        Assert.Equal(near, far, 1e-12);

        double Score(int query, int key)
        {
            (MatrixView<double> q, MatrixView<double> k) = (Waves(1, 16), Waves(1, 16));
            table.Apply(q, query);
            table.Apply(k, key);
            return Dot(q.Span, k.Span);
        }
    }

    [Fact]
    public void Floats_are_the_rounded_doubles()
    {
        var options = new RotaryOptions { HeadLength = 64, Scaling = RotaryScaling.Yarn, Factor = 4, OriginalLength = 1000 };
        MatrixView<float> x = MatrixView.Allocate<float>(3, 64);
        MatrixView<double> exact = Waves(3, 64);
        for (int i = 0; i < exact.Span.Length; i++)
            exact.Span[i] = x.Span[i] = (float)exact.Span[i];
        new RotaryTable<float>(options, 4000).Apply(x, 3997);
        new RotaryTable<double>(options, 4000).Apply(exact, 3997);

        for (int i = 0; i < exact.Span.Length; i++)
            Assert.Equal(exact.Span[i], x.Span[i], 6e-7);
    }

    [Fact]
    public void A_table_that_is_fitted_turns_as_one_made_for_the_length() => Gen.Select(Options, Gen.Int[1, 150].Array[1, 8]).Sample((options, lengths) =>
    {
        var fitted = new RotaryTable<double>(options, 1);
        foreach (int length in lengths)
        {
            MatrixView<double> x = Waves(length, options.HeadLength), y = Waves(length, options.HeadLength);
            fitted.Fit(length);
            fitted.Apply(x);
            new RotaryTable<double>(options, length).Apply(y);

            Assert.Equal(y.Span.ToArray(), x.Span.ToArray());
        }
    });

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var options = new RotaryOptions { HeadLength = 8 };
        var table = new RotaryTable<float>(options, 4);

        Assert.ThrowsAny<ArgumentException>(() => table.Apply(MatrixView.Allocate<float>(5, 8)));
        Assert.ThrowsAny<ArgumentException>(() => table.Apply(MatrixView.Allocate<float>(2, 8), 3));
        Assert.ThrowsAny<ArgumentException>(() => table.Apply(MatrixView.Allocate<float>(1, 12)));
        Assert.ThrowsAny<ArgumentException>(() => new RotaryTable<float>(options with { HeadLength = 7 }, 4));
        Assert.ThrowsAny<ArgumentException>(() => new RotaryTable<float>(options with { Factor = 0.5 }, 4));
        Assert.ThrowsAny<ArgumentException>(() => new RotaryTable<float>(options with { Scaling = RotaryScaling.Llama3 }, 4));
    }

    private static MatrixView<double> Waves(int rows, int columns)
    {
        MatrixView<double> matrix = MatrixView.Allocate<double>(rows, columns);
        for (int i = 0; i < matrix.Span.Length; i++)
            matrix.Span[i] = Math.Sin(1 + i);
        return matrix;
    }

    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }
}
