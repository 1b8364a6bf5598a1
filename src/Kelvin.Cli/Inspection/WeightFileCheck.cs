using System.Globalization;
using Kelvin.Cli.Frame;
using Kelvin.Transformers.Checkpoints;

namespace Kelvin.Cli.Inspection;

/// <summary>Looks through a lone safetensors file: what is wrong with it, or else that weights alone are no model.</summary>
internal static class WeightFileCheck
{
    /// <summary>What to tell the user.</summary>
    public static UsageException Of(CliHost host, string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(host.FullPath(path));
            foreach (TensorInfo tensor in file.Header.Tensors.Where(tensor => tensor.Type is TensorType.F32 or TensorType.F16 or TensorType.BF16))
            {
                if (file.CountNonFinite(tensor.Name) is { IsNone: false } count)
                {
                    return new UsageException(
                        string.Create(CultureInfo.InvariantCulture, $"{path}: tensor {tensor.Name} has non-finite weights: {count.NaN} NaN, {count.Infinite} Inf."),
                        "Go back to an earlier checkpoint of the training.");
                }
            }

            return new UsageException(
                string.Create(CultureInfo.InvariantCulture, $"{path} is a sound safetensors file of {file.Header.Tensors.Count} tensors, but weights alone are no model."),
                $"Put its config.json beside it and name the folder: {host.ShortPath(Path.GetDirectoryName(host.FullPath(path))!)}.");
        }
        catch (ModelFileException refused)
        {
            return new UsageException($"{host.ShortPath(refused.File)}: {refused.Problem}", refused.Remedy, refused);
        }
    }
}
