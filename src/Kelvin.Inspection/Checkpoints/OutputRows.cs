using Kelvin.Inspection.Sites;
using Kelvin.Linear;
using Kelvin.Softmax;
using Kelvin.Temperatures;

namespace Kelvin.Inspection.Checkpoints;

/// <summary>Reads the softmax of the output head at every position, and holds it against the text.</summary>
/// <param name="tokens">The text.</param>
/// <param name="vocabulary">Entries of a row.</param>
internal sealed class OutputRows(IReadOnlyList<int> tokens, int vocabulary)
{
    private const int MostKept = 16 << 20;   // logits, 64 MB
    private const int Bins = 15;
    private const int Resamples = 1000;
    private static readonly double[] Temperatures = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

    private readonly SiteTally _tally = new(0, tokens.Count, vocabulary);
    private readonly int _measured = Math.Min(tokens.Count - 1, MostKept / vocabulary);
    private readonly float[] _kept = new float[Math.Min(tokens.Count - 1, MostKept / vocabulary) * vocabulary];
    private readonly List<double> _losses = [];
    private readonly double[] _z = new double[vocabulary];
    private readonly double[] _p = new double[vocabulary];
    private int _right;

    /// <summary>The vitals.</summary>
    public HeadVitals Whole => _tally.Whole(hasLogits: true, isAttention: false);

    /// <summary>The statistics of every position.</summary>
    public SoftmaxStatistics[] Rows => _tally.Rows;

    /// <summary>Bytes of logits and probabilities held at once.</summary>
    public long Bytes => (sizeof(float) * _kept.LongLength) + (2L * sizeof(double) * vocabulary);

    /// <summary>Takes the logits of some positions.</summary>
    public void Read(int first, ReadOnlyMatrixView<float> logits)
    {
        for (int i = 0; i < logits.Rows; i++)
        {
            int position = first + i;
            ReadOnlySpan<float> row = logits.Row(i);
            for (int j = 0; j < row.Length; j++)
                _z[j] = row[j];
            SoftmaxStatistics statistics = TemperedSoftmax.Forward(_z, 1, _p);
            _tally[0].Add(statistics, _z, _p);
            if (position + 1 >= tokens.Count)
                continue;

            int label = tokens[position + 1];
            _losses.Add(statistics.LogSumExp - _z[label]);
            _right += statistics.ArgMax == label ? 1 : 0;
            if (position < _measured)
                row.CopyTo(_kept.AsSpan(position * vocabulary));
        }
    }

    /// <summary>How well the text was predicted; null where there is no token to predict.</summary>
    public OutputCalibration? Calibration(int seed)
    {
        if (_measured == 0)
            return null;

        int[] labels = [.. tokens.Skip(1).Take(_measured)];
        var logits = new ReadOnlyMatrixView<float>(_kept, _measured, vocabulary);
        return new OutputCalibration
        {
            Labels = _losses.Count,
            Nll = _losses.Average(),
            Accuracy = _right / (double)_losses.Count,
            Measured = labels.Length,
            Ladder = [.. Temperatures.Select(t => new CalibrationAtTemperature(t, CalibrationMetrics.MeasureLogits(logits, labels, t, Bins)))],
            Fit = labels.Length < OutputCalibration.LeastLabels ? null : Fit(labels, seed),
            Losses = _losses,
        };
    }

    private CalibrationReport Fit(int[] labels, int seed) => CalibrationReport.Compare(
        EverySecond(0), EverySecond(labels, 0), EverySecond(1), EverySecond(labels, 1), Bins, Resamples, seed);

    private ReadOnlyMatrixView<float> EverySecond(int start) => new(_kept.AsMemory(start * vocabulary), (_measured - start + 1) / 2, vocabulary, 2 * vocabulary);

    private static int[] EverySecond(int[] labels, int start) => [.. labels.Where((_, i) => i % 2 == start)];
}
