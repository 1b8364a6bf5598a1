using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Saves the detectors at work and what the monitor remembers about each.</summary>
internal static class SlotState
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<DetectorSlot> slots)
    {
        json.WriteStartArray("detectors");
        foreach (DetectorSlot slot in slots)
        {
            json.WriteStartObject();
            json.WriteString("detector", slot.Kind.Id);
            SeriesState.WriteIdentity(json, slot.Place);
            json.WriteNumber("seen", slot.Seen);
            json.WriteBoolean("isFiring", slot.IsFiring);
            json.WriteString("last", slot.Last.ToString());
            json.WriteString("rule", slot.Rule);
            json.WritePropertyName("toldScore");
            JsonNumbers.Write(json, slot.ToldScore);
            json.WriteNumber("failures", slot.Failures);
            json.WriteString("lastError", slot.LastError);
            json.WriteStartObject("state");
            slot.Detector.Exchange(new StateWriter(json));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Restores the slots and returns how many of them fire.</summary>
    public static int Read(StateReader state, IReadOnlyList<DetectorKind> kinds, DetectorRouter router)
    {
        int firing = 0;
        foreach (StateReader item in state.Objects("detectors"))
        {
            string id = item.RequiredText("detector");
            DetectorKind kind = kinds.FirstOrDefault(k => k.Id == id)
                ?? throw item.Fault("detector", $"is '{id}', which is not among this monitor's detectors");
            DetectorSlot slot = router.RestoreSlot(kind, SeriesState.ReadIdentity(item))
                ?? throw item.Fault("detector", $"is '{id}' for the same place a second time");
            ReadSlot(item, slot);
            if (slot.IsFiring)
                firing++;
        }

        return firing;
    }

    private static void ReadSlot(StateReader state, DetectorSlot slot)
    {
        int seen = 0, failures = 0;
        bool isFiring = false;
        double toldScore = 0;
        state.Field("seen", ref seen, 0);
        state.Field("isFiring", ref isFiring);
        state.Field("toldScore", ref toldScore);
        state.Field("failures", ref failures, 0);
        (slot.Seen, slot.IsFiring, slot.ToldScore, slot.Failures) = (seen, isFiring, toldScore, failures);
        slot.Last = state.Enum<FindingKind>("last");
        slot.Rule = state.RequiredText("rule");
        slot.LastError = state.Text("lastError");
        slot.Detector.Exchange(state.Object("state"));
    }
}
