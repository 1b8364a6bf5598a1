using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Writes a state's fields into the JSON object that is open in a writer.</summary>
internal sealed class StateWriter(Utf8JsonWriter json) : StateExchange
{
    public override bool IsReading => false;

    public override void Field(string name, ref double value)
    {
        json.WritePropertyName(name);
        JsonNumbers.Write(json, value);
    }

    public override void Field(string name, ref long value) => json.WriteNumber(name, value);

    public override void Field(string name, ref bool value) => json.WriteBoolean(name, value);

    public override void Field(string name, ref string value) => json.WriteString(name, value);

    public override void Field(string name, double[] values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            JsonNumbers.Write(json, value);
        json.WriteEndArray();
    }

    protected override MonitorStateException Wrong(string name, string fault) =>
        new($"The monitor's own field '{name}' {fault}: this is a defect of a detector.");
}
