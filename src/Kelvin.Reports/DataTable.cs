namespace Kelvin.Reports;

/// <summary>A table; on a narrow screen it scrolls inside its own frame.</summary>
/// <param name="Title">What the table holds; its caption.</param>
/// <param name="Columns">The columns, units included. The first one heads its row.</param>
/// <param name="Rows">One cell a column in each row.</param>
public sealed record DataTable(string Title, IReadOnlyList<Column> Columns, IReadOnlyList<IReadOnlyList<Cell>> Rows) : Block
{
    /// <summary>One sentence that says what to see in it; empty for none.</summary>
    public string Caption { get; init; } = "";
}
