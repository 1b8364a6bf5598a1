namespace Kelvin.Conformance;

/// <summary>What came of one fixture file. A case passes if every field that was checked is right in both precisions.</summary>
internal sealed class FileResult(string file)
{
    private readonly List<string> _failed = [];
    private readonly List<Failure> _failures = [];
    private readonly List<Skip> _skipped = [];

    public string File { get; } = file;

    /// <summary>Passed, failed and wholly skipped cases together.</summary>
    public int Cases => Passed + _failed.Count + _skipped.Count(skip => skip.Fields is null);

    public int Passed { get; private set; }

    public IReadOnlyList<string> Failed => _failed;

    public IReadOnlyList<Failure> Failures => _failures;

    public IReadOnlyList<Skip> Skipped => _skipped;

    public Worst? Worst { get; private set; }

    public void Skip(Skip skip) => _skipped.Add(skip);

    public void Measure(double error, string id, string field, Precision precision)
    {
        if (Worst is null || error > Worst.Error)
            Worst = new Worst(error, id, field, precision);
    }

    public void Close(string id, IReadOnlyList<Failure> failures)
    {
        if (failures.Count == 0)
        {
            Passed++;
            return;
        }

        _failed.Add(id);
        _failures.AddRange(failures);
    }
}
