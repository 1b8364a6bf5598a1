using Kelvin.Cli.Frame;
using YamlDotNet.RepresentationModel;

namespace Kelvin.Cli.Configuration;

/// <summary>The file with settings for every command: <c>kelvin.yaml</c> in the current folder, or what KELVIN_CONFIG names.</summary>
internal sealed class SettingsFile
{
    public const string DefaultName = "kelvin.yaml";
    public const string Variable = "KELVIN_CONFIG";

    private readonly Dictionary<string, (string Text, string Place)> _entries = new(StringComparer.Ordinal);

    private SettingsFile(string? path) => Path = path;

    /// <summary>The file that was read, or null if there is none.</summary>
    public string? Path { get; }

    /// <summary>Reads the file if there is one. A file that KELVIN_CONFIG names must exist.</summary>
    public static SettingsFile Read(CliHost host)
    {
        bool isNamed = host.Environment.TryGetValue(Variable, out string? path) && path.Length > 0;
        if (!isNamed)
            path = DefaultName;
        if (!isNamed && !File.Exists(host.FullPath(path!)))
            return new SettingsFile(null);

        var file = new SettingsFile(path);
        foreach ((YamlNode key, YamlNode value) in YamlFile.Read(host, path!, "the settings file").Children)
            file.Add(key, value);
        return file;
    }

    /// <summary>The text of a setting and its place, or null if the file does not give it.</summary>
    public (string Text, string Place)? Find(string name) => _entries.TryGetValue(name, out (string, string) entry) ? entry : null;

    private void Add(YamlNode key, YamlNode value)
    {
        string name = (key as YamlScalarNode)?.Value ?? key.ToString();
        IEnumerable<string> names = Settings.All.Select(setting => setting.Name);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            string? nearest = NearestName.Of(name, names);
            string allowed = $"Allowed here: {string.Join(", ", names)}.";
            throw new UsageException(
                $"{YamlFile.Place(Path!, key.Start)}: there is no setting '{name}'.",
                nearest is null ? allowed : $"Did you mean {nearest}? {allowed}");
        }

        string place = YamlFile.Place(Path!, value.Start);
        if (value is not YamlScalarNode { Value: { } text } || YamlScalar.IsEmpty(value))
            throw new UsageException($"{place}: {name} has no value.", $"Write it as `{name}: VALUE`.");
        _entries[name] = (text, place);
    }
}
