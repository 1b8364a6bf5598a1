using System.Numerics;
using System.Text.Json;
using Kelvin.Linear;

namespace Kelvin.Conformance;

/// <summary>The inputs of a case, in the precision they are asked for.</summary>
/// <param name="json">The object of inputs.</param>
/// <param name="folder">Folder of the fixture file, for inputs that name another file.</param>
internal sealed class FixtureInputs(JsonElement json, string folder)
{
    /// <summary>Folder of the fixture file.</summary>
    public string Folder => folder;

    public bool Has(string name) => json.TryGetProperty(name, out _);

    /// <summary>Tokens of the greedy continuation.</summary>
    public int GreedyLength => json.GetProperty("greedy").GetProperty("token_ids").GetArrayLength();

    public string Text(string name) => json.GetProperty(name).GetString() ?? throw new FormatException($"The input {name} is null.");

    public JsonElement Json(string name) => json.GetProperty(name);

    public int Integer(string name) => json.GetProperty(name).GetInt32();

    public bool Flag(string name) => json.GetProperty(name).GetBoolean();

    public int[] Integers(string name) => [.. json.GetProperty(name).EnumerateArray().Select(element => element.GetInt32())];

    public double Number(string name) => JsonNumbers.Read(json.GetProperty(name));

    public string File(string name) => Path.Combine(folder, Path.GetFileName(Text(name)));

    public T Number<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CreateTruncating(Number(name));

    public T[] Vector<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. JsonNumbers.Flatten(json.GetProperty(name)).Select(T.CreateTruncating)];

    public MatrixView<T> Matrix<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        JsonElement rows = json.GetProperty(name);
        int columns = rows.GetArrayLength() == 0 ? 0 : rows[0].GetArrayLength();
        return new MatrixView<T>(Vector<T>(name), rows.GetArrayLength(), columns);
    }
}
