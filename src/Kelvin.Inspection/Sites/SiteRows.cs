using Kelvin.Softmax;

namespace Kelvin.Inspection.Sites;

/// <summary>Runs Kelvin's kernel over every row of a site: in double, one row at a time.</summary>
internal sealed class SiteRows
{
    private readonly SiteTally _tally;
    private readonly SoftmaxStatistics[] _kept;

    private SiteRows(RowLayout layout, bool keepsRows)
    {
        _tally = new SiteTally(layout.Heads, layout.Rows / Math.Max(1, layout.Heads), layout.Length);
        _kept = keepsRows ? new SoftmaxStatistics[layout.Rows] : [];
    }

    /// <summary>Largest |p − softmax(z)|; NaN where nothing was compared.</summary>
    public double LargestDifference { get; private set; } = double.NaN;

    /// <summary>The vitals.</summary>
    public SiteTally Tally => _tally;

    /// <summary>The rows' statistics, if they are kept.</summary>
    public ReadOnlyMemory<SoftmaxStatistics> Kept => _kept;

    /// <summary>Reads all rows.</summary>
    /// <param name="logits">z, laid out as <paramref name="layout"/> says.</param>
    /// <param name="probabilities">The model's own p to compare with; null for none.</param>
    /// <param name="areLogarithms">Whether <paramref name="probabilities"/> are log p.</param>
    /// <param name="isCausal">Whether entry j of row i is masked for j &gt; i + length − rows of a head.</param>
    /// <param name="layout">Where the rows lie.</param>
    /// <param name="keepsRows">Whether the statistics of each row are kept.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    public static SiteRows Read(
        ITensorNumbers logits, ITensorNumbers? probabilities, bool areLogarithms, bool isCausal, RowLayout layout, bool keepsRows, CancellationToken cancellationToken)
    {
        var site = new SiteRows(layout, keepsRows);
        double[] z = new double[layout.Length];
        double[] p = new double[layout.Length];
        double[] theirs = new double[layout.Length];
        for (int row = 0; row < layout.Rows && layout.Length > 0; row++)
        {
            if (row % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            logits.CopyRow(layout.Start(row), layout.Inner, z);
            if (isCausal)
                Mask(z.AsSpan(Math.Min(z.Length, (row % layout.RowsOfHead) + layout.Length - layout.RowsOfHead + 1)..));
            MaskFillers(z);
            SoftmaxStatistics statistics = TemperedSoftmax.Forward(z, 1, p);
            if (probabilities is not null)
            {
                probabilities.CopyRow(layout.Start(row), layout.Inner, theirs);
                site.Compare(p, theirs, areLogarithms);
            }

            site._tally[layout.HeadOf(row)].Add(statistics, z, p);
            if (keepsRows)
                site._kept[row] = statistics;
        }

        return site;
    }

    private static void Mask(Span<double> entries) => entries.Fill(double.NegativeInfinity);

    /// <summary>Makes fillers such as −3.4e38 the masks that they stand for, unless the row holds nothing else.</summary>
    private static void MaskFillers(Span<double> row)
    {
        bool hasFiller = false;
        bool hasOther = false;
        foreach (double z in row)
        {
            hasFiller |= z <= HeadBounds.MaskLogit && !double.IsNegativeInfinity(z);
            hasOther |= z > HeadBounds.MaskLogit;
        }

        if (!hasFiller || !hasOther)
            return;
        foreach (ref double z in row)
            z = z <= HeadBounds.MaskLogit ? double.NegativeInfinity : z;
    }

    private void Compare(ReadOnlySpan<double> ours, ReadOnlySpan<double> theirs, bool areLogarithms)
    {
        double largest = double.IsNaN(LargestDifference) ? 0 : LargestDifference;
        for (int i = 0; i < ours.Length; i++)
        {
            double difference = Math.Abs(ours[i] - (areLogarithms ? Math.Exp(theirs[i]) : theirs[i]));
            largest = difference > largest ? difference : largest;
        }

        LargestDifference = largest;
    }
}
