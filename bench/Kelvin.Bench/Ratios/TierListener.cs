using System.Collections.Concurrent;
using System.Diagnostics.Tracing;

namespace Kelvin.Bench.Ratios;

/// <summary>Hears from the runtime which tier each method was last compiled at, so that a ratio never compares unoptimised code.</summary>
internal sealed class TierListener : EventListener
{
    private const EventKeywords Jit = (EventKeywords)0x10;
    private static readonly string[] Names =
        ["Unknown", "MinOptJitted", "Optimized", "QuickJitted", "OptimizedTier1", "OptimizedTier1OSR", "Instrumented", "InstrumentedOptimized"];

    private readonly ConcurrentDictionary<string, string> _tiers = new(StringComparer.Ordinal);
    private int _compiled;

    /// <summary>Methods compiled since the start.</summary>
    public int Compiled => Volatile.Read(ref _compiled);

    /// <summary>Whether the JIT spent its full effort on code of this tier.</summary>
    public static bool IsOptimised(string tier) => tier.StartsWith("Optimized", StringComparison.Ordinal);

    public string TierOf(Type type, string method) =>
        _tiers.GetValueOrDefault($"{type.Namespace}.{type.Name}.{method}", "Unknown");

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            EnableEvents(eventSource, EventLevel.Verbose, Jit);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_tiers is null || eventData.EventName?.StartsWith("MethodLoadVerbose", StringComparison.Ordinal) != true)
            return;

        Interlocked.Increment(ref _compiled);
        uint flags = (uint)eventData.Payload![eventData.PayloadNames!.IndexOf("MethodFlags")]!;
        object? type = eventData.Payload[eventData.PayloadNames.IndexOf("MethodNamespace")];
        object? method = eventData.Payload[eventData.PayloadNames.IndexOf("MethodName")];
        string tier = Names[(flags >> 7) & 7];
        _tiers.AddOrUpdate($"{type}.{method}", tier, (_, before) => IsOptimised(before) ? before : tier);   // threads' events may come late, code never goes back
    }
}
