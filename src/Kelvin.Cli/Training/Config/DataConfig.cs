using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Kelvin.Cli.Configuration;
using Kelvin.Datasets;

namespace Kelvin.Cli.Training.Config;

/// <summary>Section <c>data</c>.</summary>
internal sealed record DataConfig : ICheckedConfig
{
    [Required]
    [Description("A data set that comes with Kelvin (digits, iris, wine, breast_cancer), the path of a CSV file (.gz too), the path of IDX images, or a folder of texts with a folder in it for each class. Paths start at the folder of this file.")]
    public string Source { get; init; } = string.Empty;

    [Description("Path of the IDX labels; only with IDX images.")]
    public string? IdxLabels { get; init; }

    [Description("Column that holds the class, by name or by number from 0 (-1 is the last); by default `label`, else the last column.")]
    public string? LabelColumn { get; init; }

    [Description("Column that spells the class out; it is no feature. By default `label_name` where there is one.")]
    public string? ClassNameColumn { get; init; }

    [Description("Columns to leave out, such as an identifier.")]
    public IReadOnlyList<string> IgnoreColumns { get; init; } = [];

    [Description("Whether the first line names the columns; auto looks.")]
    public CsvHeader Header { get; init; } = CsvHeader.Auto;

    [Description("What stands between two cells; by default whichever of comma, semicolon, tab and bar is most frequent.")]
    public string? Delimiter { get; init; }

    [Description("Which files of a folder are texts.")]
    public string TextFiles { get; init; } = "*.txt";

    [Range(1, 1 << 20)]
    [Description("Features of a text: places that its words and pairs of words are hashed to.")]
    public int TextFeatures { get; init; } = 4096;

    [Description("How features are brought to one scale; learnt from the training rows alone.")]
    public ScalingKind Scaling { get; init; } = ScalingKind.Standard;

    [Description("Which share of the rows of each class goes where.")]
    public SplitConfig Split { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<ConfigProblem> Problems()
    {
        if (Source.Length == 0)
            yield return new("source", "data.source is empty, but must name the data.", $"Take one of {string.Join(", ", BuiltInData.Names)}, or a path.");
        if (Delimiter is { Length: not 1 })
            yield return new("delimiter", $"data.delimiter is '{Delimiter}', but must be a single character.", "Quote it: `delimiter: \";\"`, or `\"\\t\"` for a tab.");
        if (IdxLabels is not null && LabelColumn is not null)
            yield return new("label_column", "data.label_column is for CSV files, but idx_labels says that the data are IDX files.", "Remove one of the two.");
    }
}
