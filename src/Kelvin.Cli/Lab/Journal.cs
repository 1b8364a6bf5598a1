using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Lab;

/// <summary>A file that keeps what is done of a long experiment, so that it can go on after kill -9, a power cut or Ctrl-C.</summary>
/// <remarks>
/// <para>A line a result: a checksum, a blank, and JSON with the job's key and value. The first line holds the plan. A line is on the disk before
/// its job counts as done, and numbers are written so that they read back to the bit: a resumed experiment ends as one without a break.</para>
/// <para>A last line that is cut off or damaged is dropped, and its job done again. Thread-safe.</para>
/// </remarks>
internal sealed class Journal : IDisposable
{
    private const string PlanKey = "plan";

    // Another build of the library may round otherwise, and a resumed experiment is to end in the same bytes.
    private static readonly string Build = typeof(Kelvin.Stability.Descent).Assembly.ManifestModule.ModuleVersionId.ToString("N")[..8];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _done = new(StringComparer.Ordinal);
    private readonly FileStream? _file;

    private Journal(FileStream? file) => _file = file;

    /// <summary>How many results the file holds.</summary>
    public int Kept { get; private set; }

    /// <summary>A journal that keeps nothing.</summary>
    public static Journal None() => new(null);

    /// <summary>Does work with the journal that the user named, or with none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file as the user wrote it, or null.</param>
    /// <param name="plan">All that the results depend on.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="InterruptedException">The user interrupted it; what is done is in the journal.</exception>
    public static TResult Use<TPlan, TResult>(LabRun run, string? path, TPlan plan, Func<Journal, TResult> work)
    {
        using Journal journal = path is null ? None() : Open(run.Host, path, plan);
        try
        {
            return work(journal);
        }
        catch (OperationCanceledException) when (path is not null && run.CancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(
                LabWords.Text($"Interrupted; {journal.Kept} results are kept in {path}."), "Run the same command again to go on from there.");
        }
    }

    /// <summary>Opens the journal of a plan, or begins it.</summary>
    /// <param name="host">Knows where relative paths start.</param>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="plan">All that the results depend on; a journal of another plan is refused.</param>
    /// <exception cref="UsageException">The file belongs to another plan, or is no journal.</exception>
    public static Journal Open<TPlan>(CliHost host, string path, TPlan plan)
    {
        string full = host.FullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var file = new FileStream(full, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            List<(string Key, string Value)> lines = ReadWhole(file);
            string here = $"[\"{Build}\",{JsonSerializer.Serialize(plan, JsonOutput.LineOptions)}]";
            if (lines.Count == 0 && file.Length > 0 && file.Position == 0 && !IsCutOffStart(file))
                throw new UsageException($"{path} is not a journal of kelvin lab.", "Name a new file with --journal; this one is left as it is.");
            if (lines.Count > 0 && (lines[0].Key != PlanKey || lines[0].Value != here))
                throw new UsageException($"{path} is the journal of another experiment or of another build of Kelvin: {(lines[0].Key == PlanKey ? lines[0].Value : "it holds no plan")}.", "Use the same options and build as then, or name a new file with --journal.");

            file.SetLength(file.Position);
            var journal = new Journal(file) { Kept = Math.Max(0, lines.Count - 1) };
            foreach ((string key, string value) in lines.Skip(1))
                journal._done[key] = value;
            if (lines.Count == 0)
                journal.Write(PlanKey, here);
            return journal;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The result of a job: from the file if it is there, else done now and written down.</summary>
    public T Get<T>(string key, Func<T> job)
    {
        lock (_lock)
        {
            if (_done.TryGetValue(key, out string? known))
                return JsonSerializer.Deserialize<T>(known, JsonOutput.LineOptions)!;
        }

        T result = job();
        string value = JsonSerializer.Serialize(result, JsonOutput.LineOptions);
        lock (_lock)
        {
            Write(key, value);
            Kept++;
        }

        return result;
    }

    public void Dispose() => _file?.Dispose();

    private void Write(string key, string value)
    {
        if (_file is null)
            return;

        string line = $"{JsonSerializer.Serialize(key, JsonOutput.LineOptions)}:{value}";
        _file.Write(Encoding.UTF8.GetBytes($"{Checksum(line)} {line}\n"));
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Reads the whole lines and leaves the file's position after the last of them.</summary>
    private static List<(string Key, string Value)> ReadWhole(FileStream file)
    {
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        List<(string, string)> lines = [];
        int start = 0;
        while (true)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0 || Parse(Encoding.UTF8.GetString(bytes, start, length)) is not { } line)
                break;
            lines.Add(line);
            start += length + 1;
        }

        file.Position = start;
        return lines;
    }

    private static (string Key, string Value)? Parse(string line)
    {
        int blank = line.IndexOf(' ', StringComparison.Ordinal);
        if (blank < 0 || line[..blank] != Checksum(line[(blank + 1)..]))
            return null;

        string rest = line[(blank + 1)..];
        int colon = rest.IndexOf("\":", StringComparison.Ordinal);
        return (JsonSerializer.Deserialize<string>(rest[..(colon + 1)])!, rest[(colon + 2)..]);
    }

    /// <summary>Whether the file may be a journal whose very first line was cut off: short, and beginning like one.</summary>
    private static bool IsCutOffStart(FileStream file)
    {
        byte[] all = new byte[file.Length];
        file.ReadExactly(all);
        file.Position = 0;
        return !all.Contains((byte)'\n') && all.Take(8).All(letter => char.IsAsciiHexDigitLower((char)letter));
    }

    private static string Checksum(string line) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(line)).AsSpan(0, 4));
}
