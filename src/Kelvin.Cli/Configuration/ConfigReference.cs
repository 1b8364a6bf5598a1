using System.Text;
using Kelvin.Cli.Training.Config;
using Kelvin.Cli.Training.Language.Config;

namespace Kelvin.Cli.Configuration;

/// <summary>Writes docs/configuration.md from the types that read the files, so that the page cannot lie.</summary>
internal static class ConfigReference
{
    private const string Head = """
        # Configuration

        *This page is generated from the types that read the files; a test holds it to them.*

        ## Who wins

        A flag beats an environment variable beats a file beats the default. Where a command has a file of its own, that file beats
        `kelvin.yaml`. `kelvin doctor` shows every setting with the one that won.

        | setting | flag | variable | default | what it does |
        |---|---|---|---|---|
        """;

    private const string Middle = """

        `kelvin.yaml` in the current folder, or the file that `KELVIN_CONFIG` names, may hold any of these settings by name, such as
        `seed: 7`. `KELVIN_DEBUG=1` adds stack traces to errors; `NO_COLOR` takes the colour away.

        ## The file of `kelvin train`

        Every key that is not known is refused, with its place and the nearest key that is. Only `data.source` is needed:

        ```yaml
        data:
          source: digits
        ```

        Paths in the file start at the file's own folder. Complete files are in [samples/train](../samples/train).
        """;

    private const string Transformers = """

        ## The file of `kelvin train` for a transformer

        A file with a section `model` trains a transformer. Only `data.source` and that section are needed:

        ```yaml
        data:
          source: book.txt
        model:
          width: 128
        ```
        """;

    /// <summary>The page as Markdown.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(Head).Append('\n');
        foreach (ISetting setting in Settings.All)
            page.Append($"| `{setting.Name}` | `{setting.Flag}` | `{setting.Variable}` | {setting.DefaultText} | {setting.Description} |\n");
        page.Append(Middle).Append('\n');
        AppendKeys(page, typeof(TrainConfig));
        page.Append(Transformers).Append('\n');
        AppendKeys(page, typeof(LanguageConfig));
        return page.ToString();
    }

    private static void AppendKeys(StringBuilder page, Type file)
    {
        foreach (ConfigKey key in ConfigKey.Of(file))
        {
            if (key.IsSection)
                AppendSection(page, key, key.Name);
            else
                page.Append($"\n`{key.Name}` ({key.Rule}): {key.Description}\n");
        }
    }

    private static void AppendSection(StringBuilder page, ConfigKey section, string path)
    {
        IReadOnlyList<ConfigKey> keys = ConfigKey.Of(section.ValueType);
        page.Append($"\n### `{path}`\n\n{section.Description}\n\n| key | value | default | what it does |\n|---|---|---|---|\n");
        foreach (ConfigKey key in keys.Where(key => !key.IsSection))
            page.Append($"| `{key.Name}` | {key.Rule} | {Default(key)} | {key.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        foreach (ConfigKey key in keys.Where(key => key.IsSection))
            AppendSection(page, key, $"{path}.{key.Name}");
    }

    private static string Default(ConfigKey key) =>
        key.IsRequired ? "required" : key.DefaultText.Length == 0 ? "–" : $"`{key.DefaultText}`";
}
