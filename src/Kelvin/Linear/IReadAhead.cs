namespace Kelvin.Linear;

/// <summary>Memory that a range to come will read from one end to the other, a run of it on each thread.</summary>
internal interface IReadAhead
{
    /// <summary>Its bytes.</summary>
    long Length { get; }

    /// <summary>Brings bytes from <paramref name="first"/> on into the caches of the calling core.</summary>
    void Touch(long first, int count);
}
