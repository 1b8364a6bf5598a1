using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Saves the incidents and what the open one is made of.</summary>
internal static class IncidentLogState
{
    public static void Write(Utf8JsonWriter json, IncidentLog log)
    {
        json.WriteNumber("lastFiringStep", log.LastFiringStep);
        json.WriteStartArray("signals");
        foreach (Signal signal in log.Signals)
        {
            json.WriteStartObject();
            json.WriteString("cause", signal.Cause);
            json.WriteNumber("since", signal.SinceStep);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("incidents");
        foreach (Incident incident in log.Incidents)
            IncidentJson.Write(json, incident);
        json.WriteEndArray();
    }

    public static void Read(StateReader state, IncidentLog log, int firing)
    {
        long lastFiring = 0;
        state.Field("lastFiringStep", ref lastFiring);
        List<Signal> signals = [];
        foreach (StateReader item in state.Objects("signals"))
        {
            long since = 0;
            item.Field("since", ref since);
            signals.Add(new(item.RequiredText("cause"), since));
        }

        List<Incident> incidents = [.. state.Objects("incidents").Select(IncidentJson.Read)];
        if (incidents.SkipLast(1).Any(incident => incident.IsOpen))
            throw state.Fault("incidents", "has an open incident that is not the last");
        bool isOpen = incidents.Count > 0 && incidents[^1].IsOpen;
        if (isOpen != signals.Count > 0)
            throw state.Fault("signals", "does not match the incidents");

        log.Restore(incidents, signals, lastFiring, firing);
    }
}
