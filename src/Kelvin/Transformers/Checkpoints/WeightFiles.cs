namespace Kelvin.Transformers.Checkpoints;

/// <summary>The safetensors files of a model's folder as one: a single file, or the shards of an index.</summary>
internal sealed class WeightFiles : IDisposable
{
    private const string SingleFile = "model.safetensors";
    private const string IndexFile = "model.safetensors.index.json";
    private const int LongestIndex = 16 << 20;

    private readonly Dictionary<string, SafetensorsFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsFile> _tensors = new(StringComparer.Ordinal);

    private WeightFiles()
    {
    }

    /// <summary>Every tensor and the file that holds it.</summary>
    public IReadOnlyDictionary<string, SafetensorsFile> Tensors => _tensors;

    /// <summary>Opens the single file if there is one, otherwise the shards; reads and checks every header.</summary>
    public static WeightFiles Open(string folder)
    {
        var files = new WeightFiles();
        try
        {
            files.OpenAll(folder);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what is no model's folder: a single file, or a folder with weights of other formats and no configuration.</summary>
    public static void RequireFolder(string path)
    {
        if (File.Exists(path))
        {
            byte[] start = new byte[SafetensorsHeader.PrefixLength];
            using FileStream stream = ModelFile.Open(path);
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            throw ForeignFormat.Recognise(start.AsSpan(0, length), path) ?? new ModelFileException(
                path, null, "This is a file, not the folder of a model.", $"Name the folder that holds {ConfigFile.FileName} and {SingleFile}.");
        }

        if (Directory.Exists(path) && !File.Exists(Path.Combine(path, ConfigFile.FileName)) && Directory.EnumerateFiles(path).Any(IsForeign))
            throw NoWeights(path);
    }

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files.Values)
            file.Dispose();
    }

    private void OpenAll(string folder)
    {
        string single = Path.Combine(folder, SingleFile);
        string index = Path.Combine(folder, IndexFile);
        if (File.Exists(single))
            AddAll(OpenFile(folder, SingleFile));
        else if (File.Exists(index))
            OpenShards(folder, index);
        else
            throw NoWeights(folder);
    }

    private void OpenShards(string folder, string index)
    {
        foreach ((string tensor, string shard) in ShardIndex.Parse(ModelFile.ReadAll(index, LongestIndex), index))
        {
            if (!_files.TryGetValue(shard, out SafetensorsFile? file))
            {
                if (!File.Exists(Path.Combine(folder, shard)))
                    throw new ModelFileException(index, tensor, $"Missing shard file {shard}.", "Fetch every shard that the index names.");
                file = OpenFile(folder, shard);
            }

            if (file.Header.Find(tensor) is null)
                throw new ModelFileException(file.Name, tensor, $"{shard} does not hold {tensor}, as the index says it does.", "Fetch index and shards again.");
            _tensors.Add(tensor, file);
        }

        foreach (SafetensorsFile file in _files.Values)
            AddAll(file);
    }

    private SafetensorsFile OpenFile(string folder, string name)
    {
        SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, name));
        _files.Add(name, file);
        return file;
    }

    /// <summary>Adds the tensors that no index has placed.</summary>
    private void AddAll(SafetensorsFile file)
    {
        foreach (TensorInfo tensor in file.Header.Tensors)
            _tensors.TryAdd(tensor.Name, file);
    }

    private static ModelFileException NoWeights(string folder)
    {
        if (Directory.Exists(folder))
        {
            string? foreign = Directory.EnumerateFiles(folder).Where(IsForeign).Order(StringComparer.Ordinal).FirstOrDefault();
            return new ModelFileException(
                folder, null, $"There is no {SingleFile} nor {IndexFile}{(foreign is null ? "" : $", only {Path.GetFileName(foreign)}")}.",
                "Fetch the safetensors, or convert other weights with save_pretrained of the Python package transformers.");
        }

        return new ModelFileException(folder, null, "There is no such folder.", "Check the path.");
    }

    private static bool IsForeign(string path) => Path.GetExtension(path) is ".bin" or ".gguf" or ".pt" or ".pth" or ".ckpt" or ".h5" or ".msgpack" or ".onnx";
}
