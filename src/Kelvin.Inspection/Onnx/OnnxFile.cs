using Google.Protobuf;
using Kelvin.Inspection.Onnx.Wire;

namespace Kelvin.Inspection.Onnx;

/// <summary>An ONNX file: its bytes as they are, and the graph that they describe, without the weights.</summary>
/// <param name="Label">The file as the user named it.</param>
/// <param name="Folder">Where it lies: weights may lie beside it.</param>
/// <param name="Bytes">The whole file.</param>
/// <param name="Model">What Kelvin understands of it.</param>
internal sealed record OnnxFile(string Label, string Folder, byte[] Bytes, ModelProto Model)
{
    private const string Anew = "Export the model again; python -c \"import onnx; onnx.checker.check_model('model.onnx')\" says more.";

    /// <summary>The graph.</summary>
    public GraphProto Graph => Model.Graph;

    /// <summary>Version of the standard operators.</summary>
    public long Opset => Model.OpsetImport.Where(import => import.Domain is "" or "ai.onnx").Select(import => import.Version).DefaultIfEmpty(0).Max();

    /// <summary>Reads a file; refuses what is no ONNX model, is damaged, or lacks its weights.</summary>
    public static OnnxFile Read(string path, string label)
    {
        if (Directory.Exists(path))
            throw new InspectionException($"{label} is a folder, but must be an ONNX file.", "Name the .onnx file in it.");
        if (!File.Exists(path))
            throw new InspectionException($"There is no file {label} (an ONNX model).", "Look at its name; relative paths start at the current folder.");

        // Parsed from the stream first: what is no model is refused before it is held in memory.
        ModelProto model = Reading(path, label, stream => Parse(stream, label));
        if (model.Graph is null || model.Graph.Node.Count == 0)
            throw new InspectionException($"{label} is no ONNX model, or an empty one: it has no graph with nodes.", Anew);

        byte[] bytes = Reading(path, label, Whole);
        var file = new OnnxFile(label, Path.GetDirectoryName(Path.GetFullPath(path))!, bytes, model);
        file.CheckWeights();
        return file;
    }

    private static T Reading<T>(string path, string label, Func<FileStream, T> read)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return read(stream);
        }
        catch (InvalidProtocolBufferException refused)
        {
            throw new InspectionException($"{label} is damaged or no ONNX model: {refused.Message}", Anew, refused);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new InspectionException($"{label} cannot be read: {refused.Message}", "Check the file and its rights.", refused);
        }
    }

    private static ModelProto Parse(FileStream stream, string label)
    {
        byte[] start = new byte[ForeignFile.Looked];
        int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        ForeignFile.Refuse(start.AsSpan(0, read), label);
        if (stream.Length > Array.MaxLength)
            throw new InspectionException($"{label} has more than 2 GB, which no ONNX file may.", "Save it with its weights beside it: onnx.save(model, path, save_as_external_data=True).");

        stream.Position = 0;
        return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(stream);
    }

    private static byte[] Whole(FileStream stream)
    {
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void CheckWeights()
    {
        foreach (WeightProto weight in Graph.Initializer.Where(weight => weight.DataLocation == 1))
        {
            string location = weight.ExternalData.FirstOrDefault(entry => entry.Key == "location")?.Value ?? "";
            if (location.Length == 0 || !File.Exists(Path.Combine(Folder, location)))
                throw new InspectionException($"{Label} keeps the weight {weight.Name} in the file {location}, which is not beside it.", $"Put {location} into the folder of {Label}.");
        }
    }
}
