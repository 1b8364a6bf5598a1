using System.Numerics.Tensors;

namespace Kelvin.Tangents.Certificates;

/// <summary>The tube at one step: ‖e‖ ≤ Radius, and |q_jᵀ J_a e| ≤ Modes_j in the eigenbasis of the segment's kernel, e = W − W̃.</summary>
internal sealed record TubeState(double Radius, double[] Modes)
{
    /// <summary>The same tube in the eigenbasis of the next checkpoint.</summary>
    /// <param name="from">The kernel that Modes refer to.</param>
    /// <param name="to">The next one.</param>
    /// <param name="jacobianChange">At least ‖J_b − J_a‖₂.</param>
    public TubeState Turn(KernelModes from, KernelModes to, double jacobianChange)
    {
        double norm = TensorPrimitives.Norm<double>(Modes);
        double[] turned = new double[Modes.Length];
        for (int j = 0; j < turned.Length && Radius > 0; j++)
        {
            double sum = 0;
            for (int i = 0; i < turned.Length; i++)
                sum += Math.Abs(TensorPrimitives.Dot<double>(to.Columns.Row(j), from.Columns.Row(i))) * Modes[i];
            turned[j] = Math.Min(Math.Min(sum, norm) + (jacobianChange * Radius), Math.Sqrt(to.Values[j]) * Radius);
        }

        return new TubeState(Radius, turned);
    }
}
