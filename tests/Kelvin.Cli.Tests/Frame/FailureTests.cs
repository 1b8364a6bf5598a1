using Kelvin.Cli.Frame;

namespace Kelvin.Cli.Tests.Frame;

public sealed class FailureTests
{
    public static TheoryData<string, Exception, int> Cases { get; } = new()
    {
        { "usage", new UsageException("Wrong."), 2 },
        { "outside", new OutsideException("Down."), 3 },
        { "rights", new UnauthorizedAccessException("No."), 3 },
        { "disk full", new IOException("Full.", 28), 3 },
        { "disk", new IOException("Broken."), 3 },
        { "no such folder", new DirectoryNotFoundException("Gone."), 3 },
        { "memory", new InsufficientMemoryException(), 3 },
        { "defect", new InvalidOperationException("Oops."), 70 },
        { "interrupted", new InterruptedException("Stopped."), 130 },
        { "wrapped", new AggregateException(new UsageException("Wrong.")), 2 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kind_of_exception_has_its_exit_code(string kind, Exception exception, int exitCode)
    {
        Assert.NotEmpty(kind);
        Assert.Equal(exitCode, Failure.Of(exception, isInterrupted: false).ExitCode);
    }

    [Fact]
    public void A_cancelled_task_is_an_interruption_only_if_somebody_interrupted()
    {
        Assert.Equal(ExitCode.Interrupted, Failure.Of(new OperationCanceledException(), isInterrupted: true).ExitCode);
        Assert.Equal(ExitCode.Defect, Failure.Of(new OperationCanceledException(), isInterrupted: false).ExitCode);
    }
}
