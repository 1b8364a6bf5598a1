using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>One incident as a JSON object; non-finite numbers are strings.</summary>
internal static class IncidentJson
{
    public static void Write(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteNumber("id", incident.Id);
        json.WriteString("cause", incident.Cause);
        json.WriteString("severity", incident.Severity.ToString());
        json.WriteString("state", incident.State.ToString());
        json.WriteBoolean("isLatched", incident.IsLatched);
        json.WriteNumber("sinceStep", incident.SinceStep);
        json.WriteNumber("openedStep", incident.OpenedStep);
        json.WriteNumber("lastFiringStep", incident.LastFiringStep);
        if (incident.ClosedStep is { } closed)
            json.WriteNumber("closedStep", closed);
        if (incident.Resolution is { } resolution)
            json.WriteString("resolution", resolution);
        json.WriteString("title", incident.Title);
        json.WriteStartArray("evidence");
        foreach (Evidence evidence in incident.Evidence)
            WriteEvidence(json, evidence);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static Incident Read(StateReader state)
    {
        int id = 0;
        bool isLatched = false;
        long since = 0, opened = 0, lastFiring = 0;
        state.Field("id", ref id, 1);
        state.Field("isLatched", ref isLatched);
        state.Field("sinceStep", ref since);
        state.Field("openedStep", ref opened);
        state.Field("lastFiringStep", ref lastFiring);
        string cause = state.RequiredText("cause");
        return new Incident
        {
            Id = id,
            Cause = cause,
            Severity = state.Enum<Severity>("severity"),
            State = state.Enum<IncidentState>("state"),
            IsLatched = isLatched,
            SinceStep = since,
            OpenedStep = opened,
            LastFiringStep = lastFiring,
            ClosedStep = state.OptionalInteger("closedStep"),
            Resolution = state.Text("resolution"),
            Title = state.RequiredText("title"),
            Evidence = [.. state.Objects("evidence").Select(ReadEvidence)],
            Remedy = CauseCatalogue.Of(cause).Remedy,
        };
    }

    private static void WriteEvidence(Utf8JsonWriter json, Evidence evidence)
    {
        json.WriteStartObject();
        json.WriteString("detector", evidence.Detector);
        json.WriteString("rule", evidence.Rule);
        SeriesState.WriteIdentity(json, evidence.Series);
        json.WriteNumber("sinceStep", evidence.SinceStep);
        json.WriteNumber("step", evidence.Step);
        json.WritePropertyName("value");
        JsonNumbers.Write(json, evidence.Value);
        json.WritePropertyName("threshold");
        JsonNumbers.Write(json, evidence.Threshold);
        json.WriteString("text", evidence.Text);
        json.WriteEndObject();
    }

    private static Evidence ReadEvidence(StateReader state)
    {
        long since = 0, step = 0;
        double value = 0, threshold = 0;
        state.Field("sinceStep", ref since);
        state.Field("step", ref step);
        state.Field("value", ref value);
        state.Field("threshold", ref threshold);
        return new(
            state.RequiredText("detector"), state.RequiredText("rule"), SeriesState.ReadIdentity(state), since, step,
            value, threshold, state.RequiredText("text"));
    }
}
