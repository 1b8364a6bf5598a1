using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;
using Kelvin.Tangents;

namespace Kelvin.Conformance.Families;

/// <summary>The infinite-width kernels of a set of points.</summary>
internal sealed class KernelLimitFamily : IFamily
{
    public string Name => "kernel_limit";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> points = inputs.Matrix<T>("X");
        var answers = new Answers();
        Add("softmax", HiddenActivation.Softmax);
        Add("exp", HiddenActivation.Exp);
        Add("relu", HiddenActivation.Relu);
        return answers;

        void Add(string field, HiddenActivation activation) => answers.Add<T>(
            field, InfiniteWidthKernel.Compute<T>(activation, points, points, inputs.Number("sigma"), inputs.Number("T")));
    }
}
