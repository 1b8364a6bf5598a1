namespace Kelvin.Datasets.Tasks;

/// <summary>What a task asks for.</summary>
public enum TaskKind
{
    /// <summary>The sum of a number of four digits and one of one digit.</summary>
    Addition,

    /// <summary>The letters of a word in alphabetical order.</summary>
    Sorting,

    /// <summary>A word again.</summary>
    Copying,

    /// <summary>The earlier of two days of a year.</summary>
    Dates,

    /// <summary>Whether a number is even or odd.</summary>
    Parity,

    /// <summary>A word from its end to its start.</summary>
    Reversing,

    /// <summary>A word with one letter put for another.</summary>
    Replacing,
}
