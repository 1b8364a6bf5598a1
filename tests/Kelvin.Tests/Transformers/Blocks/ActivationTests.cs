using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Networks;
using Kelvin.Transformers.Blocks;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class ActivationTests
{
    public static TheoryData<ActivationKind, bool> Kinds => new MatrixTheoryData<ActivationKind, bool>(Enum.GetValues<ActivationKind>(), [true, false]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_activation_is_its_formula_and_its_gradient_agrees_with_central_differences(ActivationKind kind, bool isGated) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 19], Gen.Int[0, int.MaxValue]).Sample(
            (rows, width, seed) =>
            {
                var numbers = new BlockCase(seed);
                MatrixView<double> z = numbers.Matrix(rows, isGated ? 2 * width : width, 2), h = MatrixView.Allocate<double>(rows, width);
                MatrixView<double> c = numbers.Matrix(rows, width), dZ = MatrixView.Allocate<double>(rows, z.Columns);
                foreach (ref double value in z.Span)
                    value = Math.Abs(value) < 0.05 ? 0.05 : value;   // away from ReLU's kink
                double Loss()
                {
                    Activation.Forward(kind, z, h);
                    return BlockCase.Weigh(c, h);
                }

                Loss();
                Activation.Backward<double>(kind, z, c, dZ);

                for (int i = 0; i < rows; i++)
                {
                    for (int j = 0; j < width; j++)
                        Assert.Equal(Reference(kind, z[i, j]) * (isGated ? z[i, width + j] : 1), h[i, j], 1e-12);
                }

                Assert.InRange(BlockCase.Error(dZ.Span, numbers.MemoryOf(z), Loss), 0, 1e-7);
            },
            iter: 40);

    private static double Reference(ActivationKind kind, double x) => kind switch
    {
        ActivationKind.Silu => x / (1 + Math.Exp(-x)),
        ActivationKind.Gelu => NormalReference.Gelu(x),
        ActivationKind.GeluTanh => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))),
        _ => Math.Max(0, x),
    };
}
