namespace Kelvin.Linear;

/// <summary>A range that other threads may join while it runs.</summary>
internal interface IHelpedRange
{
    /// <summary>Works on it, on the calling thread, if there is a seat; returns its number, or 0.</summary>
    int Help();
}
