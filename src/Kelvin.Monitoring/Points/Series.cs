namespace Kelvin.Monitoring;

/// <summary>Names one series of a run: a metric and where in the model it was measured.</summary>
/// <param name="Name">Dotted lower-case metric name; the ones Kelvin computes are in <see cref="Vitals"/>.</param>
/// <param name="Layer">0-based block index; null for the whole run.</param>
/// <param name="Head">0-based query head; null for the whole layer.</param>
/// <param name="Tensor">Parameter or activation group, such as <c>attn.q</c> or <c>mlp.in</c>.</param>
/// <param name="Bucket">Token-position bucket, such as <c>16-127</c>.</param>
/// <param name="Stat">Which statistic, where the name does not say it: <c>p50</c>, <c>p99</c>, <c>max</c>, <c>mean</c>.</param>
/// <param name="Rank">Data-parallel rank when not reduced over ranks.</param>
public readonly record struct Series(
    string Name,
    int? Layer = null,
    int? Head = null,
    string? Tensor = null,
    string? Bucket = null,
    string? Stat = null,
    int? Rank = null)
{
    /// <summary>Says whether the series is about the whole run: it has a name and nothing else.</summary>
    public bool IsWholeRun =>
        Layer is null && Head is null && Tensor is null && Bucket is null && Stat is null && Rank is null;

    /// <summary>Hashes what tells most series apart; the rest is left to equality.</summary>
    public override int GetHashCode() => HashCode.Combine(Name, Layer ?? -1, Head ?? -1);

    /// <summary>Writes the name and its attributes, as in <c>softmax.logit.max{layer=3,head=7}</c>.</summary>
    public override string ToString()
    {
        if (IsWholeRun)
            return Name;

        List<string> attributes = [];
        Add("layer", Layer?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("head", Head?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("tensor", Tensor);
        Add("pos.bucket", Bucket);
        Add("stat", Stat);
        Add("rank", Rank?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return $"{Name}{{{string.Join(',', attributes)}}}";

        void Add(string key, string? value)
        {
            if (value is not null)
                attributes.Add($"{key}={value}");
        }
    }
}
