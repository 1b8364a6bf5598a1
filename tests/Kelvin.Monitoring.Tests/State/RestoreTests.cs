using System.Text;
using System.Text.Json.Nodes;

namespace Kelvin.Monitoring.Tests.State;

public sealed class RestoreTests
{
    private static readonly byte[] Saved = Runs.Losses(2.3, 25, double.NaN).Save();

    [Fact]
    public void A_truncated_state_is_refused_with_a_way_out()
    {
        MonitorStateException fault = Assert.Throws<MonitorStateException>(() => RunMonitor.Restore(Saved.AsSpan(0, Saved.Length / 2)));

        Assert.Contains("is not JSON", fault.Message, StringComparison.Ordinal);
        Assert.Contains("replay the run's points", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schema", "\"kelvin.monitor/9\"", "state.schema is 'kelvin.monitor/9', but this version reads 'kelvin.monitor/1'")]
    [InlineData("step", "\"two\"", "state.step is not an integer")]
    [InlineData("detectors", "3", "state.detectors is not an array")]
    [InlineData("context", "null", "state.context is not an object")]
    [InlineData("incidents", "[]", "state.signals does not match the incidents")]
    [InlineData("isFinished", "1", "state.isFinished is neither true nor false")]
    public void A_field_that_cannot_be_used_is_named(string field, string value, string message)
    {
        JsonObject state = JsonNode.Parse(Saved)!.AsObject();
        state[field] = JsonNode.Parse(value);

        MonitorStateException fault = Assert.Throws<MonitorStateException>(() => RunMonitor.Restore(Encoding.UTF8.GetBytes(state.ToJsonString())));

        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_of_other_detectors_is_refused()
    {
        MonitorStateException fault = Assert.Throws<MonitorStateException>(() => RunMonitor.Restore(Saved, kinds: [ThrowingDetector.Kind]));

        Assert.Contains("which is not among this monitor's detectors", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_field_of_a_detector_that_is_missing_is_named_and_nothing_else_is_thrown()
    {
        JsonObject state = JsonNode.Parse(Saved)!.AsObject();
        JsonArray detectors = state["detectors"]!.AsArray();
        foreach (JsonNode? detector in detectors)
        {
            JsonObject fields = detector!["state"]!.AsObject();
            foreach (string name in fields.Select(field => field.Key).ToArray())
            {
                JsonNode? kept = fields[name];
                fields.Remove(name);

                MonitorStateException fault = Assert.Throws<MonitorStateException>(() => RunMonitor.Restore(Encoding.UTF8.GetBytes(state.ToJsonString())));
                Assert.Contains($".{name} is missing", fault.Message, StringComparison.Ordinal);
                fields[name] = kept;
            }
        }
    }

    [Fact]
    public void Incidents_come_back_whole()
    {
        RunMonitor restored = RunMonitor.Restore(Saved);

        Assert.Equal(Runs.Losses(2.3, 25, double.NaN).Open!.Title, restored.Open!.Title);
        Assert.Equal(Saved, restored.Save());
    }
}
