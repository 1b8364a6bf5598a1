using Kelvin.Cli.Frame;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Kelvin.Cli.Configuration;

/// <summary>Fills typed sections from YAML, strictly: every key must be known, every value of its type and in its range.</summary>
internal sealed class ConfigBinder
{
    private readonly string _file;
    private readonly Dictionary<string, Mark> _marks = new(StringComparer.Ordinal);

    private ConfigBinder(string file) => _file = file;

    /// <summary>Reads and checks a configuration file.</summary>
    public static BoundConfig<T> Read<T>(CliHost host, string path, string what)
        where T : class, new() => Bind<T>(YamlFile.Read(host, path, what), path);

    /// <summary>Checks a mapping that was read from <paramref name="file"/>.</summary>
    public static BoundConfig<T> Bind<T>(YamlMappingNode root, string file)
        where T : class, new()
    {
        var binder = new ConfigBinder(file);
        var value = (T)binder.Section(root, typeof(T), string.Empty);
        return new BoundConfig<T>(value, file, binder._marks);
    }

    private object Section(YamlMappingNode node, Type type, string path)
    {
        object section = Activator.CreateInstance(type)!;
        IReadOnlyList<ConfigKey> keys = ConfigKey.Of(type);
        foreach ((YamlNode keyNode, YamlNode valueNode) in node.Children)
        {
            ConfigKey key = Find(keyNode, keys, path);
            string keyPath = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            _marks[keyPath] = keyNode.Start;
            key.Property.SetValue(section, Value(valueNode, key, keyPath));
        }

        CheckRequired(node, keys, path);
        if (section is ICheckedConfig { } checkedSection && checkedSection.Problems().FirstOrDefault() is { } problem)
        {
            Mark mark = _marks.TryGetValue(path.Length == 0 ? problem.Key : $"{path}.{problem.Key}", out Mark found) ? found : node.Start;
            throw new UsageException($"{YamlFile.Place(_file, mark)}: {problem.Message}", problem.Hint);
        }

        return section;
    }

    private ConfigKey Find(YamlNode keyNode, IReadOnlyList<ConfigKey> keys, string path)
    {
        string name = (keyNode as YamlScalarNode)?.Value ?? keyNode.ToString();
        foreach (ConfigKey key in keys)
        {
            if (key.Name == name)
                return key;
        }

        string? nearest = NearestName.Of(name, keys.Select(key => key.Name));
        string allowed = $"Allowed here: {string.Join(", ", keys.Select(key => key.Name))}.";
        string where = path.Length == 0 ? "at the top of the file" : $"in {path}";
        throw new UsageException(
            $"{YamlFile.Place(_file, keyNode.Start)}: there is no key '{name}' {where}.",
            nearest is null ? allowed : $"Did you mean {nearest}? {allowed}");
    }

    private void CheckRequired(YamlMappingNode node, IReadOnlyList<ConfigKey> keys, string path)
    {
        foreach (ConfigKey key in keys.Where(key => key.IsRequired))
        {
            string keyPath = path.Length == 0 ? key.Name : $"{path}.{key.Name}";
            if (!_marks.ContainsKey(keyPath))
            {
                throw new UsageException(
                    $"{YamlFile.Place(_file, node.Start)}: the key {keyPath} is missing.",
                    $"Add `{key.Name}:` with {key.Rule}: {key.Description}");
            }
        }
    }

    private object? Value(YamlNode node, ConfigKey key, string path)
    {
        if (key.IsNullable && !key.IsSection && YamlScalar.IsEmpty(node))
            return null;
        if (key.IsSection)
            return Section(node as YamlMappingNode ?? throw Wrong(node, key, path), key.ValueType, path);
        if (!key.IsList)
            return Scalar(node, key, path);

        IReadOnlyList<YamlNode> items = node is YamlSequenceNode sequence ? [.. sequence.Children] : [node];
        if (items.Count == 0)
            throw new UsageException($"{YamlFile.Place(_file, node.Start)}: {path} is empty, but must hold at least one value.", $"It is {key.Rule}.");
        var list = Array.CreateInstance(key.ValueType, items.Count);
        for (int i = 0; i < items.Count; i++)
            list.SetValue(Scalar(items[i], key, path), i);
        return list;
    }

    private object Scalar(YamlNode node, ConfigKey key, string path)
    {
        object value = YamlScalar.Read(node, key.ValueType) ?? throw Wrong(node, key, path);
        bool isInRange = key.Range is null || (value is not double.NaN && key.Range.IsValid(value));
        return isInRange ? value : throw Wrong(node, key, path);
    }

    private UsageException Wrong(YamlNode node, ConfigKey key, string path)
    {
        string shown = node switch
        {
            YamlScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } quoted => $"the text \"{quoted.Value}\"",
            YamlScalarNode scalar when YamlScalar.IsEmpty(scalar) => "empty",
            YamlScalarNode scalar => scalar.Value!,
            YamlSequenceNode => "a list",
            _ => "a section",
        };
        string? nearest = key.ValueType.IsEnum && node is YamlScalarNode { Value: { } text }
            ? NearestName.Of(text, ConfigKey.EnumNames(key.ValueType))
            : null;
        return new UsageException(
            $"{YamlFile.Place(_file, node.Start)}: {path} is {shown}, but must be {key.Rule}.",
            nearest is null ? $"{path}: {key.Description}" : $"Did you mean {nearest}?");
    }
}
