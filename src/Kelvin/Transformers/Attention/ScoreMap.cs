using System.Numerics;

namespace Kelvin.Transformers.Attention;

/// <summary>How the products ⟨q, k⟩ of one head become s = z/T.</summary>
internal readonly struct ScoreMap<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public ScoreMap(in AttentionPlan<T> plan, int head)
    {
        Temperature = plan.Temperature(head);
        Product = T.CreateTruncating(plan.Scale / (plan.SoftCap ?? Temperature));
        Cap = T.CreateTruncating((plan.SoftCap ?? 0) / Temperature);
        Slope = T.CreateTruncating(plan.Slope(head) / Temperature);
        Beta = T.CreateTruncating(1 / Temperature);
        Gradient = T.CreateTruncating(plan.Scale / Temperature);
    }

    /// <summary>T.</summary>
    public double Temperature { get; }

    /// <summary>Factor of ⟨q, k⟩ in s, or in tanh's argument.</summary>
    public T Product { get; }

    /// <summary>cap/T; 0 without a cap.</summary>
    public T Cap { get; }

    /// <summary>ALiBi's slope/T; 0 without.</summary>
    public T Slope { get; }

    /// <summary>1/T.</summary>
    public T Beta { get; }

    /// <summary>∂s/∂⟨q, k⟩ without the cap's derivative: scale/T.</summary>
    public T Gradient { get; }
}
