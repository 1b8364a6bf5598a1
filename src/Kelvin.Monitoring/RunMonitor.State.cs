using System.Buffers;
using System.Text.Json;

namespace Kelvin.Monitoring;

/// <content>Saving and restoring.</content>
public sealed partial class RunMonitor
{
    private const string Schema = "kelvin.monitor/1";

    /// <summary>Saves everything the monitor knows as one JSON document of schema <c>kelvin.monitor/1</c>.</summary>
    /// <returns>UTF-8; equal states give equal bytes.</returns>
    public byte[] Save()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteNumber("step", Step);
            json.WriteNumber("points", Points);
            json.WriteNumber("ignoredPoints", IgnoredPoints);
            json.WriteNumber("failures", Failures);
            json.WriteBoolean("isFinished", IsFinished);
            json.WriteStartObject("context");
            _context.Exchange(new StateWriter(json));
            json.WriteEndObject();
            SeriesState.Write(json, _router);
            SlotState.Write(json, _router.Slots);
            IncidentLogState.Write(json, _log);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Makes a monitor that goes on from a saved state with identical output.</summary>
    /// <param name="state">What <see cref="Save"/> gave.</param>
    /// <param name="options">The options the saved monitor had; null for the defaults.</param>
    /// <param name="kinds">The detectors the saved monitor had; null for <see cref="DefaultDetectors.All"/>.</param>
    /// <exception cref="MonitorStateException">The state is truncated, of another schema, or has a field that cannot be used.</exception>
    public static RunMonitor Restore(ReadOnlySpan<byte> state, MonitorOptions? options = null, IReadOnlyList<DetectorKind>? kinds = null)
    {
        var monitor = new RunMonitor(options, kinds);
        using JsonDocument document = Parse(state);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw new MonitorStateException("The saved monitor state cannot be restored: it is not a JSON object. Restore an intact copy, or start a new monitor and replay the run's points into it.");

        monitor.Read(new StateReader(document.RootElement, "state"));
        return monitor;
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> state)
    {
        try
        {
            return JsonDocument.Parse(state.ToArray());
        }
        catch (JsonException exception)
        {
            throw new MonitorStateException(
                $"The saved monitor state cannot be restored: it is not JSON ({exception.Message}). Restore an intact copy, or start a new monitor and replay the run's points into it.",
                exception);
        }
    }

    private void Read(StateReader state)
    {
        string schema = state.RequiredText("schema");
        if (schema != Schema)
            throw state.Fault("schema", $"is '{schema}', but this version reads '{Schema}'");

        long step = 0, points = 0, ignored = 0, failures = 0;
        bool isFinished = false;
        state.Field("step", ref step);
        state.Field("points", ref points);
        state.Field("ignoredPoints", ref ignored);
        state.Field("failures", ref failures);
        state.Field("isFinished", ref isFinished);
        (Step, Points, IgnoredPoints, Failures, IsFinished) = (step, points, ignored, failures, isFinished);
        _context.Exchange(state.Object("context"));
        SeriesState.Read(state, _router);
        int firing = SlotState.Read(state, _kinds, _router);
        _router.Connect();
        IncidentLogState.Read(state, _log, firing);
    }
}
