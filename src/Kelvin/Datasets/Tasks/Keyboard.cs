namespace Kelvin.Datasets.Tasks;

/// <summary>Which keys lie beside a key: where a slip of the pen lands.</summary>
internal static class Keyboard
{
    // Rows of a QWERTY keyboard as rings: the key at an end has the other end as its second neighbour, so that each has two.
    private static readonly string[] Rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM", " ?!"];

    private static readonly Dictionary<char, string> Neighbours = Rows
        .SelectMany(row => row.Select((key, i) => (key, Beside: $"{row[(i + row.Length - 1) % row.Length]}{row[(i + 1) % row.Length]}")))
        .ToDictionary(pair => pair.key, pair => pair.Beside);

    /// <summary>The two characters that lie beside one; it is a letter, a digit, a space or one of ? and !.</summary>
    public static string Beside(char key) => Neighbours[key];
}
