using CsCheck;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Tests.Onnx;

public sealed class LayoutTests
{
    private static readonly int[] Opsets = [11, 12, 13, 17];

    private static readonly Gen<(long[] Shape, int Axis, int Opset, bool IsLog, int Seed)> Case =
        from shape in Gen.Long[1, 4].Array[1, 5]
        from axis in Gen.Int[-shape.Length, shape.Length - 1]
        from opset in Gen.Int[0, 3].Select(i => Opsets[i])
        from isLog in Gen.Bool
        from seed in Gen.Int[0, 1000]
        select (shape, axis, opset, isLog, seed);

    [Fact]
    public void Any_shape_axis_and_operator_set_give_the_rows_of_the_definition() => Case.Sample(
        test =>
        {
            var (shape, axis, opset, isLog, seed) = test;
            using var model = new TestModel(opset, ElementType.Float32, [.. shape.Select(size => size.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
            string output = model.Nodes.Add(isLog ? "LogSoftmax" : "Softmax", ["x"], TestModel.Integer("axis", axis));
            float[] x = [.. Gaussian(shape.Aggregate(1L, (a, b) => a * b), seed)];

            SoftmaxSite site = Assert.Single(Fixture.InspectFile(
                model.Write(output), new() { Inputs = [InputSource.Floats(x, shape, "test")], KeepsRows = true }).Sites);

            int at = axis < 0 ? axis + shape.Length : axis;
            double[][] rows = SlowSoftmax.Rows([.. x.Select(value => (double)value)], shape, at, opset < 13);
            Assert.Equal(rows.Length, site.Whole.Rows);
            Assert.Equal(at, site.Axis);
            for (int i = 0; i < rows.Length; i++)
            {
                Assert.Equal(SlowSoftmax.Vitals(rows[i]).Lse, site.Rows.Span[i].LogSumExp, 1e-9);
                Assert.Equal(SlowSoftmax.Vitals(rows[i]).Entropy, site.Rows.Span[i].Entropy, 1e-9);
            }

            Assert.InRange(site.LargestDifference, 0, 1e-5);
            Assert.Equal(shape.Length == 4 && (opset >= 13 || at == 3), site.Heads.Count > 0);
            Assert.Equal(site.Heads.Count == 0 ? 0 : site.Whole.Rows, site.Heads.Sum(head => head.Rows));
        },
        iter: 60,
        threads: 1);

    [Theory]
    [InlineData(12, 1, 12)]
    [InlineData(13, 2, 4)]
    public void Without_an_axis_the_operator_set_decides(int opset, int axis, int length)
    {
        using var model = new TestModel(opset, ElementType.Float32, "2", "3", "4");
        string output = model.Nodes.Add("Softmax", ["x"]);

        SoftmaxSite site = Assert.Single(Fixture.InspectFile(model.Write(output)).Sites);

        Assert.Equal((axis, length), (site.Axis, site.RowLength));
    }

    [Theory]
    [InlineData("Float64", 1e-12)]
    [InlineData("Float16", 2e-3)]
    public void Other_precisions_are_read_too(string type, double agreement)
    {
        using var model = new TestModel(17, Enum.Parse<ElementType>(type), "3", "50");
        string output = model.Nodes.Add("Softmax", ["x"]);

        SoftmaxSite site = Assert.Single(Fixture.InspectFile(model.Write(output)).Sites);

        Assert.Equal(3, site.Whole.Rows);
        Assert.InRange(site.LargestDifference, 0, agreement);
    }

    [Fact]
    public void Portions_that_do_not_fit_together_give_the_same_numbers()
    {
        using var model = new TestModel(17, ElementType.Float32, "2", "8");
        string last = "x";
        for (int i = 0; i < 5; i++)
            last = model.Nodes.Add("Softmax", [last]);
        string path = model.Write(last);

        InspectionReport one = Fixture.InspectFile(path);
        InspectionReport each = Fixture.InspectFile(path, new() { HeldBytes = 1 });

        Assert.Equal((2, 5), (one.Memory.Runs, each.Memory.Runs));
        Assert.Equal(one.Sites.Select(site => site.Whole.Entropy), each.Sites.Select(site => site.Whole.Entropy));
        Assert.True(each.Memory.LargestRunBytes < one.Memory.LargestRunBytes);
    }

    private static IEnumerable<float> Gaussian(long count, int seed)
    {
        var random = new MathNet.Numerics.Random.Xoshiro256StarStar(seed);
        for (long i = 0; i < count; i++)
            yield return (float)MathNet.Numerics.Distributions.Normal.Sample(random, 0, 5);
    }
}
