namespace Kelvin.Diffusion;

/// <summary>What is done to a point before a kernel or a network sees it.</summary>
public enum PointLift
{
    /// <summary>
    /// (x/R, 1) made one long: the point on the unit sphere seen from its centre. No point weighs more than another, and a constant can
    /// be learnt. Always offer this to softmax and exp.
    /// </summary>
    Sphere,

    /// <summary>(x, 1): a constant can be learnt. ReLU kernels need it: they are homogeneous.</summary>
    Bias,

    /// <summary>x as it is.</summary>
    Raw,
}
