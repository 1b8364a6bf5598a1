namespace Kelvin.Transformers.Rotary;

/// <summary>The frequencies of rotary embeddings and the factor of the turned vectors.</summary>
internal static class RotaryFrequencies
{
    /// <summary>fᵢ of each pair, in radians a position.</summary>
    /// <param name="options">Checked options.</param>
    /// <param name="length">Positions of the whole sequence; only dynamic scaling asks.</param>
    public static double[] Of(RotaryOptions options, int length) => options.Scaling switch
    {
        RotaryScaling.Linear => [.. Plain(options, options.Base).Select(f => f / options.Factor)],
        RotaryScaling.Dynamic => Plain(options, DynamicBase(options, length)),
        RotaryScaling.Llama3 => [.. Plain(options, options.Base).Select(f => Llama3(options, f))],
        RotaryScaling.Yarn => Yarn(options),
        _ => Plain(options, options.Base),
    };

    /// <summary>What cosine and sine are multiplied by.</summary>
    public static double LengthFactor(RotaryOptions options)
    {
        if (options.Scaling != RotaryScaling.Yarn)
            return 1;
        if (options.AttentionFactor is { } given)
            return given;
        return options is { ScaleLength: { } some, ScaleLengthAll: { } all } && some != 0 && all != 0
            ? Scale(options.Factor, some) / Scale(options.Factor, all)
            : Scale(options.Factor, 1);

        static double Scale(double factor, double weight) => factor <= 1 ? 1 : (0.1 * weight * Math.Log(factor)) + 1;
    }

    private static double[] Plain(RotaryOptions options, double numberBase) =>
        [.. Enumerable.Range(0, options.Turned / 2).Select(i => Math.Pow(numberBase, -2.0 * i / options.Turned))];

    /// <summary>θ·(factor·n/n₀ − (factor − 1))^(r/(r − 2)) for a sequence of n > n₀ positions.</summary>
    private static double DynamicBase(RotaryOptions options, int length)
    {
        double stretch = (options.Factor * Math.Max(length, options.OriginalLength) / options.OriginalLength) - (options.Factor - 1);
        return options.Base * Math.Pow(stretch, options.Turned / (options.Turned - 2.0));
    }

    private static double Llama3(RotaryOptions options, double frequency)
    {
        double turns = options.OriginalLength * frequency / (2 * Math.PI);
        double share = (turns - options.LowFrequencyFactor) / (options.HighFrequencyFactor - options.LowFrequencyFactor);
        return Blend(frequency, options.Factor, Math.Clamp(share, 0, 1));
    }

    private static double[] Yarn(RotaryOptions options)
    {
        double low = PairThatTurns(options.BetaFast);
        double high = PairThatTurns(options.BetaSlow);
        if (options.TruncateRamp)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, options.Turned - 1));
        double width = low == high ? 0.001 : high - low;
        return [.. Plain(options, options.Base).Select((f, i) => Blend(f, options.Factor, 1 - Math.Clamp((i - low) / width, 0, 1)))];

        // the (fractional) pair that turns so many times over the original length
        double PairThatTurns(double turns) =>
            options.Turned * Math.Log(options.OriginalLength / (turns * 2 * Math.PI)) / (2 * Math.Log(options.Base));
    }

    /// <summary>f kept by this share, divided by the factor for the rest.</summary>
    private static double Blend(double frequency, double factor, double kept) => ((1 - kept) * frequency / factor) + (kept * frequency);
}
