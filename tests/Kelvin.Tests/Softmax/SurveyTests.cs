using System.Numerics;
using CsCheck;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>The look over rows before exp, against a plain scan.</summary>
public sealed class SurveyTests
{
    private static readonly Gen<float> Entry = Gen.Frequency(
        (20, Gen.Float[-20, 20]), (6, Gen.Int[-2, 2].Select(x => (float)x)), (1, Gen.Const(float.NegativeInfinity)), (1, Gen.Const(-0.0f)));

    public static TheoryData<int> Width => Widths.All;

    [Theory]
    [MemberData(nameof(Width))]
    public void The_extremes_of_any_row_are_those_of_a_plain_scan(int width) =>
        Entry.Array[1, 300].Sample(
            row =>
            {
                Check(width, row);
                Check(width, Rows.Widened(row));
            },
            iter: 2000);

    [Theory]
    [MemberData(nameof(Width))]
    public void The_largest_entry_is_found_wherever_it_stands(int width)
    {
        for (int columns = 1; columns < 140; columns += columns < 70 ? 1 : 23)
        {
            float[] row = Rows.Normal(columns, columns, 1);
            for (int place = 0; place < columns; place++)
            {
                float before = row[place];
                row[place] = 50;
                Check(width, row);
                row[place] = before;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Equal_largest_entries_are_counted_wherever_they_stand(int width)
    {
        float[] row = Rows.Normal(75, 8, 1);
        for (int first = 0; first < row.Length; first += 3)
        {
            for (int second = first + 1; second < row.Length; second++)
            {
                float[] tied = [.. row];
                tied[first] = tied[second] = 50;
                Check(width, tied);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void Rows_looked_at_together_are_told_apart(int width)
    {
        const int columns = 100, stride = 107, count = 8;
        float[] rows = Rows.Normal(count * stride, 21, 3);
        var together = new RowExtremes<float>[count];

        Look(width, rows, stride, columns, together);

        for (int r = 0; r < count; r++)
            Assert.Equal(Plainly(rows[(r * stride)..((r * stride) + columns)]), together[r]);
    }

    [Theory]
    [MemberData(nameof(Width))]
    public void A_row_of_masks_and_one_with_an_infinity_have_that_as_their_largest_entry(int width)
    {
        foreach (int columns in new[] { 1, 40, 64, 130 })
        {
            float[] masked = new float[columns], infinite = new float[columns];
            Array.Fill(masked, float.NegativeInfinity);
            infinite[columns / 2] = float.PositiveInfinity;

            Assert.Equal(float.NegativeInfinity, Of(width, masked).Max);
            Assert.Equal(float.PositiveInfinity, Of(width, infinite).Max);
        }
    }

    private static void Check<T>(int width, T[] row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Array.TrueForAll(row, T.IsNegativeInfinity))
            return;
        Assert.Equal(Plainly(row), Of(width, row));
    }

    private static RowExtremes<T> Plainly<T>(T[] row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = row.Max();
        int argMax = Array.FindIndex(row, x => x == max);
        return new()
        {
            Max = max,
            Min = row.Min(),
            ArgMax = argMax,
            Ties = row.Count(x => x == max),
            Second = row.Where((_, i) => i != argMax).DefaultIfEmpty(T.NegativeInfinity).Max(),
        };
    }

    private static RowExtremes<T> Of<T>(int width, T[] row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var extremes = new RowExtremes<T>[1];
        Look(width, row, 0, row.Length, extremes);
        return extremes[0];
    }

    private static void Look<T>(int width, T[] rows, int stride, int columns, RowExtremes<T>[] extremes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case 0:
                Survey<Lanes1<T>, T>.Rows(rows, stride, columns, extremes);
                break;
            case 1:
                Survey<Lanes128<T>, T>.Rows(rows, stride, columns, extremes);
                break;
            case 2:
                Survey<Lanes256<T>, T>.Rows(rows, stride, columns, extremes);
                break;
            default:
                Survey<Lanes512<T>, T>.Rows(rows, stride, columns, extremes);
                break;
        }
    }
}
