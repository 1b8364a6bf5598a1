using System.Numerics;
using System.Runtime.InteropServices;
using Kelvin.Temperatures;

namespace Kelvin.Conformance.Families;

/// <summary>The temperature at which a row has a given entropy.</summary>
internal sealed class TemperatureForEntropyFamily : IFamily
{
    public string Name => "temperature_for_entropy";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] z = inputs.Vector<T>("z");
        double target = inputs.Number("target_entropy");
        TargetEntropyFit fit = typeof(T) == typeof(float)
            ? TargetEntropy.Find(MemoryMarshal.Cast<T, float>(z), target)
            : TargetEntropy.Find(MemoryMarshal.Cast<T, double>(z), target);

        var answers = new Answers();
        answers.Add("T", fit.Temperature);
        answers.Add("beta", fit.InverseTemperature);
        answers.Add("entropy_at_T", fit.Entropy);
        answers.Add("max_prob_at_T", fit.Statistics.MaxProbability);
        answers.Add("effective_number_at_T", fit.Statistics.EffectiveNumber);
        answers.Add("limit_T_to_0", fit.LowerLimit);
        answers.Add("limit_T_to_inf", fit.UpperLimit);
        return answers;
    }
}
