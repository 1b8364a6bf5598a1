using CsCheck;
using Kelvin.Linear;
using Kelvin.Transformers.Blocks;

namespace Kelvin.Tests.Transformers.Blocks;

public sealed class LinearLayerTests
{
    private static readonly Gen<(int Rows, int Inputs, int Outputs, bool HasBias, int Seed)> Case =
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Bool, Gen.Int[0, int.MaxValue]);

    [Fact]
    public void A_layer_is_its_formula_and_its_gradients_agree_with_central_differences() => Case.Sample(
        (rows, inputs, outputs, hasBias, seed) =>
        {
            var numbers = new BlockCase(seed);
            MatrixView<double> x = numbers.Matrix(rows, inputs), w = numbers.Matrix(outputs, inputs), c = numbers.Matrix(rows, outputs);
            double[] bias = hasBias ? numbers.Vector(outputs) : [];
            MatrixView<double> residual = numbers.Matrix(rows, outputs), y = MatrixView.Allocate<double>(rows, outputs), onto = MatrixView.Allocate<double>(rows, outputs);
            MatrixView<double> dX = MatrixView.Allocate<double>(rows, inputs), dW = MatrixView.Allocate<double>(outputs, inputs);
            double[] dBias = new double[bias.Length];
            double Loss()
            {
                LinearLayer.Forward(x, w, bias, y);
                return BlockCase.Weigh(c, y);
            }

            Loss();
            LinearLayer.ForwardOnto(x, w, bias, residual, onto);
            LinearLayer.Backward(x, w, c, dX, dW, dBias);

            for (int i = 0; i < rows; i++)
            {
                for (int j = 0; j < outputs; j++)
                {
                    double sum = hasBias ? bias[j] : 0;
                    for (int l = 0; l < inputs; l++)
                        sum += x[i, l] * w[j, l];
                    Assert.Equal(sum, y[i, j], 1e-12);
                    Assert.Equal(sum + residual[i, j], onto[i, j], 1e-12);
                }
            }

            Assert.InRange(BlockCase.Error(dX.Span, numbers.MemoryOf(x), Loss), 0, 1e-9);
            Assert.InRange(BlockCase.Error(dW.Span, numbers.MemoryOf(w), Loss), 0, 1e-9);
            Assert.InRange(BlockCase.Error(dBias, bias, Loss), 0, 1e-9);
        },
        iter: 60);
}
