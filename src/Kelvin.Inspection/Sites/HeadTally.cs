using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Inspection.Sites;

/// <summary>Gathers the rows of one head and describes them.</summary>
/// <param name="length">Entries of a row.</param>
/// <param name="sample">Which rows' logits are kept for the effective temperature; null for all of them.</param>
internal sealed class HeadTally(int length, RowSample? sample = null)
{
    private readonly List<SoftmaxStatistics> _rows = [];
    private readonly List<double> _first = [];
    private readonly List<ReadOnlyMemory<double>> _sample = [];
    private readonly double[] _mass = new double[length];
    private readonly double[] _massIfEven = new double[length];

    /// <summary>The statistics of every row that was taken.</summary>
    public IReadOnlyList<SoftmaxStatistics> Rows => _rows;

    /// <summary>Takes a row: its statistics, its logits and its probabilities. What a shorter row lacks at its end is masked.</summary>
    public void Add(in SoftmaxStatistics row, ReadOnlySpan<double> logits, ReadOnlySpan<double> probabilities)
    {
        _rows.Add(row);
        if (row.UnmaskedCount < 2)
            return;

        _first.Add(probabilities[0]);
        if (sample?.Takes(_first.Count - 1) ?? true)
            _sample.Add(logits.ToArray());
        double even = 1.0 / row.UnmaskedCount;
        for (int i = 0; i < logits.Length; i++)
        {
            _mass[i] += probabilities[i];
            if (!double.IsNegativeInfinity(logits[i]))
                _massIfEven[i] += even;
        }
    }

    /// <summary>Takes the rows of another tally of the same length.</summary>
    public void Add(HeadTally other)
    {
        _rows.AddRange(other._rows);
        _first.AddRange(other._first);
        _sample.AddRange(other._sample);
        for (int i = 0; i < length; i++)
        {
            _mass[i] += other._mass[i];
            _massIfEven[i] += other._massIfEven[i];
        }
    }

    /// <summary>The vitals of what was taken.</summary>
    /// <param name="head">Number of the head; −1 for a whole.</param>
    /// <param name="hasLogits">False if the logits were made up from probabilities: then their level is not known.</param>
    public HeadVitals Describe(int head, bool hasLogits)
    {
        SoftmaxStatistics[] free = [.. _rows.Where(row => row.UnmaskedCount >= 2)];
        int sink = free.Length == 0 ? -1 : Array.IndexOf(_mass, _mass.Max());
        int[] argMax = [.. free.Select(row => row.ArgMax)];
        IGrouping<int, int>? mode = argMax.GroupBy(index => index).OrderByDescending(same => same.Count()).ThenBy(same => same.Key).FirstOrDefault();
        return new HeadVitals
        {
            Head = head,
            Rows = _rows.Count,
            RowsWithChoice = free.Length,
            MaskedRows = _rows.Count(row => double.IsNegativeInfinity(row.LogSumExp)),
            NonFiniteRows = _rows.Count(row => double.IsNaN(row.LogSumExp)),
            Room = hasLogits ? Room() : new LogitRoom(double.NaN, double.NaN),
            MaxLogit = Distribution.Of(hasLogits ? _rows.Select(row => row.MaxLogit) : []),
            LogSumExp = Distribution.Of(hasLogits ? _rows.Select(row => row.LogSumExp) : []),
            Entropy = Distribution.Of(_rows.Select(row => row.Entropy)),
            NormalizedEntropy = Distribution.Of(free.Select(row => row.NormalizedEntropy)),
            MaxProbability = Distribution.Of(_rows.Select(row => row.MaxProbability)),
            MarginLogit = Distribution.Of(free.Select(row => row.MarginLogit)),
            MarginProbability = Distribution.Of(free.Select(row => row.MarginProbability)),
            Participation = Distribution.Of(_rows.Select(row => row.Participation)),
            SumSquares = Distribution.Of(_rows.Select(row => row.SumSquares)),
            Saturation = Distribution.Of(free.Select(row => row.Saturation)),
            Variance = Distribution.Of(free.Select(row => row.Variance)),
            FirstKeyMass = Distribution.Of(_first),
            EffectiveTemperature = EffectiveTemperature.Find(_sample),
            SaturatedShare = free.Length == 0 ? double.NaN : free.Count(row => row.MaxProbability > HeadBounds.SaturatedProbability) / (double)free.Length,
            SinkIndex = sink,
            SinkMass = sink < 0 ? double.NaN : _mass[sink] / free.Length,
            SinkMassIfEven = sink < 0 ? double.NaN : _massIfEven[sink] / free.Length,
            ArgMaxMode = mode?.Key ?? -1,
            ArgMaxShare = mode is null ? double.NaN : mode.Count() / (double)free.Length,
            ArgMaxCount = argMax.Distinct().Count(),
        };
    }

    private LogitRoom Room()
    {
        double[] finite = [.. _rows.Select(row => row.MaxLogit).Where(logit => !double.IsNaN(logit))];
        return finite.Length == 0
            ? new LogitRoom(double.NaN, double.NaN)
            : new LogitRoom(finite.Max(), finite.Max(Math.Abs));
    }
}
