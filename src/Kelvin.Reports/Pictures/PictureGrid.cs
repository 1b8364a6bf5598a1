using Kelvin.Reports.Charts;

namespace Kelvin.Reports.Pictures;

/// <summary>Pictures of one size in rows and columns: samples by class, attention by layer and head. One picture alone is a grid of 1 × 1.</summary>
/// <remarks>
/// <para>The page holds it as one PNG whose pixels stay sharp squares: a million values cost no drawing in the browser.</para>
/// <para>Values become 255 shades from black to white; values beyond the ends of the scale take the shade of that end.</para>
/// </remarks>
public sealed record PictureGrid : Block
{
    /// <summary>What the pictures are, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>One sentence that says what to see in them; empty for none.</summary>
    public string Caption { get; init; } = "";

    /// <summary>What is to be seen, for those who do not see it: it stands where the picture cannot.</summary>
    public required string Description { get; init; }

    /// <summary>What the columns are, such as "Sample".</summary>
    public required string ColumnName { get; init; }

    /// <summary>Short names of the columns from left to right, at least one.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What the rows are, such as "Digit".</summary>
    public required string RowName { get; init; }

    /// <summary>Short names of the rows from top to bottom, at least one.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>What the shades mean. Its bounds are black and white; where they are left out, the least and the largest value are.</summary>
    public required Axis Value { get; init; }

    /// <summary>One list a row, at most one picture a column, all of one size; places that are left over stay empty.</summary>
    public required IReadOnlyList<IReadOnlyList<Picture>> Pictures { get; init; }
}
