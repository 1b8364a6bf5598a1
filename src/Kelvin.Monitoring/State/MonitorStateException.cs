namespace Kelvin.Monitoring;

/// <summary>Says that a saved monitor state cannot be restored, where it is wrong, and what to do.</summary>
public sealed class MonitorStateException : Exception
{
    /// <summary>Makes one without a message; give a message.</summary>
    public MonitorStateException()
    {
    }

    /// <summary>Makes one that says what is wrong.</summary>
    /// <param name="message">Place, fault and remedy.</param>
    public MonitorStateException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one that says what is wrong, and keeps the cause.</summary>
    /// <param name="message">Place, fault and remedy.</param>
    /// <param name="innerException">The cause.</param>
    public MonitorStateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
