namespace Kelvin.Cli.Training.Language.Config;

/// <summary>The element type of a written <c>model.safetensors</c>.</summary>
internal enum WeightFile
{
    F32,
    F16,
    Bf16,
}
