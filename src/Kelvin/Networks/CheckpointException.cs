namespace Kelvin.Networks;

/// <summary>Says that a checkpoint cannot be used: which, what is wrong with it, and what to do.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Makes an exception without details.</summary>
    public CheckpointException()
        : this("The checkpoint cannot be used.")
    {
    }

    /// <summary>Makes an exception with a message of its own.</summary>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message of its own and a cause.</summary>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal CheckpointException(string file, string problem, string remedy, Exception? innerException = null)
        : base($"{file} {problem}", innerException)
    {
        File = file;
        Remedy = remedy;
    }

    /// <summary>The name under which the checkpoint was opened, as the caller gave it.</summary>
    public string File { get; } = "";

    /// <summary>What to do about it, a sentence.</summary>
    public string Remedy { get; } = "Train from the start.";
}
