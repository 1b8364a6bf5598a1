using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kelvin.Networks;

namespace Kelvin.Transformers.Training;

/// <summary>Saves and restores the run of a <see cref="TransformerTrainer{T}"/>, in the envelope that every training checkpoint has.</summary>
internal static class TransformerCheckpoints
{
    public static void Write<T>(Stream destination, TransformerCheckpointHeader header, IEnumerable<Memory<T>> arrays)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Checkpoint.Write<T, TransformerCheckpointHeader>(
        destination, header, TransformerCheckpointJson.Default.TransformerCheckpointHeader, [.. arrays.Select(array => (ReadOnlyMemory<T>)array)]);

    /// <summary>Reads a checkpoint and checks that it belongs to the run that <paramref name="here"/> describes.</summary>
    public static (TransformerTrainerState State, ReadOnlyMemory<byte> Numbers) Read<T>(Stream source, string name, TransformerCheckpointHeader here)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (TransformerCheckpointHeader there, ReadOnlyMemory<byte> numbers) =
            Checkpoint.Read<T, TransformerCheckpointHeader>(source, name, TransformerCheckpointJson.Default.TransformerCheckpointHeader);
        if (Difference(there, here) is { } difference)
            throw new CheckpointException(name, $"belongs to another run: {difference}.", "Resume with the settings of that run, or start a new one.");
        if (there.Data != here.Data)
            throw new CheckpointException(name, "belongs to a run on other data or another split of it.", "Resume with that data, or start a new run.");
        if (!there.Lengths.AsSpan().SequenceEqual(here.Lengths) || there.State.Step < 0 || there.State.Step > here.Training.Steps)
            throw CheckpointFrame.Damaged(name);
        return (there.State, numbers);
    }

    public static string Fingerprint(TokenSet train, TokenSet? validation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        train.AppendTo(hash);
        validation?.AppendTo(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? Difference(TransformerCheckpointHeader there, TransformerCheckpointHeader here)
    {
        JsonNode? thereNode = JsonSerializer.SerializeToNode(there, TransformerCheckpointJson.Default.TransformerCheckpointHeader);
        JsonNode? hereNode = JsonSerializer.SerializeToNode(here, TransformerCheckpointJson.Default.TransformerCheckpointHeader);
        return OptionDifference.First(thereNode?["model"], hereNode?["model"], "model")
            ?? OptionDifference.First(thereNode?["training"], hereNode?["training"], "training");
    }
}
