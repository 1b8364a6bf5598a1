using System.Globalization;
using CsCheck;
using Kelvin.Softmax;

namespace Kelvin.Tests.Softmax;

/// <summary>The kernels that this process chose.</summary>
public sealed class BestWidthTests
{
    [Fact]
    public void The_widest_vectors_of_the_machine_are_chosen()
    {
        string? expected = Environment.GetEnvironmentVariable("KELVIN_EXPECTED_LANES");

        Assert.Equal(expected ?? RowKernels<float>.Best.Lanes.ToString(CultureInfo.InvariantCulture), RowKernels<float>.Best.Lanes.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void They_follow_the_definitions() =>
        Gen.Select(Rows.Any, Rows.Temperature).Sample(
            (row, t) =>
            {
                ForwardTests.CheckDouble(RowKernels<double>.Best, Rows.Widened(row), t);
                ForwardTests.CheckSingle(RowKernels<float>.Best, row, t);
            },
            iter: 100);
}
