using System.Text.Json;

namespace Kelvin.Monitoring;

/// <summary>Saves the series that a run has, with the first and latest point of each.</summary>
internal static class SeriesState
{
    public static void Write(Utf8JsonWriter json, DetectorRouter router)
    {
        json.WriteStartArray("series");
        foreach (Series series in router.Order)
        {
            DetectorRoute route = router.RouteOf(series);
            json.WriteStartObject();
            WriteIdentity(json, series);
            json.WriteNumber("firstStep", route.First.Step);
            json.WritePropertyName("first");
            JsonNumbers.Write(json, route.First.Value);
            json.WriteNumber("latestStep", route.Latest.Step);
            json.WritePropertyName("latest");
            JsonNumbers.Write(json, route.Latest.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void Read(StateReader state, DetectorRouter router)
    {
        foreach (StateReader item in state.Objects("series"))
        {
            Series series = ReadIdentity(item);
            long firstStep = 0, latestStep = 0;
            double first = 0, latest = 0;
            item.Field("firstStep", ref firstStep);
            item.Field("first", ref first);
            item.Field("latestStep", ref latestStep);
            item.Field("latest", ref latest);
            if (!router.TryRestoreRoute(new(series, firstStep, first), new(series, latestStep, latest)))
                throw item.Fault("name", $"is '{series}' for the second time");
        }
    }

    public static void WriteIdentity(Utf8JsonWriter json, Series series)
    {
        json.WriteString("name", series.Name);
        WriteNumber("layer", series.Layer);
        WriteNumber("head", series.Head);
        WriteText("tensor", series.Tensor);
        WriteText("bucket", series.Bucket);
        WriteText("stat", series.Stat);
        WriteNumber("rank", series.Rank);

        void WriteNumber(string name, int? value)
        {
            if (value is { } number)
                json.WriteNumber(name, number);
        }

        void WriteText(string name, string? value)
        {
            if (value is not null)
                json.WriteString(name, value);
        }
    }

    public static Series ReadIdentity(StateReader state) => new(
        state.RequiredText("name"), Small(state, "layer"), Small(state, "head"), state.Text("tensor"),
        state.Text("bucket"), state.Text("stat"), Small(state, "rank"));

    private static int? Small(StateReader state, string name) => state.OptionalInteger(name) switch
    {
        null => null,
        { } value when value is >= int.MinValue and <= int.MaxValue => (int)value,
        { } value => throw state.Fault(name, FormattableString.Invariant($"is {value}, which is too large")),
    };
}
