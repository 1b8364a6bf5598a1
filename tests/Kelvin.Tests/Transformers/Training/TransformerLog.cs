using Kelvin.Networks;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Training;

namespace Kelvin.Tests.Transformers.Training;

/// <summary>Keeps what a run reports, the heads of each step included, and may act between two steps.</summary>
internal sealed class TransformerLog(Action<long>? afterStep = null) : ITransformerObserver
{
    public List<TransformerStep> Steps { get; } = [];

    public List<HeadVitals[]> Heads { get; } = [];

    public List<ValidationResult> Validations { get; } = [];

    public void OnStep(in TransformerStep taken)
    {
        Steps.Add(taken);
        Heads.Add(taken.Heads.ToArray());
        afterStep?.Invoke(taken.Step);
    }

    public void OnValidation(in ValidationResult result) => Validations.Add(result);
}
