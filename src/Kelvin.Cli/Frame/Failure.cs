namespace Kelvin.Cli.Frame;

/// <summary>What a failed command tells: one error line, one hint line, one exit code.</summary>
internal sealed record Failure(int ExitCode, string Message, string? Hint)
{
    private const int DiskFull = 28;          // ENOSPC
    private const int FileTooLarge = 27;      // EFBIG: over the limit of the process (ulimit -f)
    private const int ReadOnlyFileSystem = 30; // EROFS
    private const int QuotaExceeded = 122;    // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Names the failure behind an exception: the only place where exceptions become exit codes.</summary>
    /// <param name="exception">Whatever ended the command.</param>
    /// <param name="isInterrupted">Whether the user or the system asked the process to stop.</param>
    public static Failure Of(Exception exception, bool isInterrupted) => exception switch
    {
        UsageException usage => new(Frame.ExitCode.Usage, usage.Message, usage.Hint),
        OutsideException outside => new(Frame.ExitCode.Outside, outside.Message, outside.Hint),
        InterruptedException stopped => new(Frame.ExitCode.Interrupted, stopped.Message, stopped.Hint),
        OperationCanceledException when isInterrupted =>
            new(Frame.ExitCode.Interrupted, "Interrupted; nothing was left half-written.", null),
        AggregateException { InnerExceptions.Count: 1 } one => Of(one.InnerExceptions[0], isInterrupted),
        UnauthorizedAccessException denied => new(
            Frame.ExitCode.Outside, denied.Message, "Choose a folder you may write to with --out, or change its rights."),
        IOException { HResult: DiskFull or FileTooLarge or QuotaExceeded or WindowsDiskFull } full => new(
            Frame.ExitCode.Outside, full.Message, "Free some space or choose another disk with --out; nothing was left half-written."),
        IOException { HResult: ReadOnlyFileSystem } fixedDisk => new(
            Frame.ExitCode.Outside, fixedDisk.Message, "Choose a folder you may write to with --out."),
        IOException io => new(Frame.ExitCode.Outside, io.Message, "Check the disk and its rights, then run the command again."),
        OutOfMemoryException => new(
            Frame.ExitCode.Outside, "There is not enough memory for this.", "Use less data, a smaller network or smaller batches."),
        _ => new(
            Frame.ExitCode.Defect,
            $"Kelvin has a defect: {exception.GetType().Name}: {exception.Message}",
            "Please report it with the command and KELVIN_DEBUG=1, which prints the stack trace."),
    };
}
