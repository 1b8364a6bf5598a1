using System.Numerics;

namespace Kelvin.Conformance.Families;

/// <summary>The backward pass of softmax, and cross-entropy with its gradient.</summary>
internal sealed class SoftmaxBackwardFamily : IFamily
{
    public string Name => "softmax_backward";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = inputs.Vector<T>("z");
        T temperature = inputs.Number<T>("T");
        var p = new T[z.Length];
        var dz = new T[z.Length];
        var crossEntropyDz = new T[z.Length];
        OneRow.Forward(z, temperature, p);
        OneRow.Backward(p, inputs.Vector<T>("g"), temperature, dz);

        var answers = new Answers();
        answers.Add<T>("p", p);
        answers.Add<T>("dz", dz);
        answers.Add("cross_entropy", OneRow.CrossEntropy(z, inputs.Integer("label"), temperature, crossEntropyDz));
        answers.Add<T>("cross_entropy_dz", crossEntropyDz);
        return answers;
    }
}
