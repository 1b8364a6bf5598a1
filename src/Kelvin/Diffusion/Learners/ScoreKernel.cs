using System.Numerics.Tensors;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Diffusion;

/// <summary>An infinite-width tangent kernel and how points are lifted for it.</summary>
/// <param name="Activation">Softmax, Exp or Relu.</param>
/// <param name="Lift">Sphere, bias or raw.</param>
/// <param name="InitialScale">σ ≥ 0 of the kernel; ReLU's does not depend on it. On the sphere σ plays the part of an inverse width.</param>
/// <param name="Radius">R > 0 of the sphere lift: about the size of the data.</param>
/// <remarks>Formulas and sources: <see cref="InfiniteWidthKernel"/>, at T = 1.</remarks>
public sealed record ScoreKernel(HiddenActivation Activation, PointLift Lift = PointLift.Sphere, double InitialScale = 1, double Radius = 3)
{
    /// <summary>The name it goes by in tables, such as "softmax projected".</summary>
    public string Name
    {
        get
        {
            string activation = Activation switch
            {
                HiddenActivation.Relu => "ReLU",
                HiddenActivation.Exp => "exp",
                _ => "softmax",
            };
            return activation + Lift switch
            {
                PointLift.Sphere => " projected",
                PointLift.Bias => " with bias",
                _ => " raw",
            };
        }
    }

    /// <summary>Lifts points.</summary>
    /// <param name="points">Shape n × d.</param>
    /// <returns>Shape n × (d + 1), or n × d for <see cref="PointLift.Raw"/>.</returns>
    public MatrixView<double> Lifted(ReadOnlyMatrixView<double> points)
    {
        Require.Positive(Radius);
        int extra = Lift == PointLift.Raw ? 0 : 1;
        MatrixView<double> lifted = MatrixView.Allocate<double>(points.Rows, points.Columns + extra);
        for (int i = 0; i < points.Rows; i++)
        {
            Span<double> row = lifted.Row(i);
            points.Row(i).CopyTo(row);
            if (Lift == PointLift.Raw)
                continue;
            row[^1] = Lift == PointLift.Sphere ? Radius : 1;   // (x/R, 1) and (x, R) have the same direction
            if (Lift == PointLift.Sphere)
                TensorPrimitives.Divide(row, TensorPrimitives.Norm<double>(row), row);
        }

        return lifted;
    }

    /// <summary>K between lifted points, shape n × n′.</summary>
    internal MatrixView<double> Between(MatrixView<double> lifted, MatrixView<double> others) =>
        InfiniteWidthKernel.Compute<double>(Activation, lifted, others, InitialScale, 1);
}
