namespace Kelvin.Linear;

/// <summary>The width of a strip of columns, known when the kernel is compiled.</summary>
internal interface IStrip
{
    /// <summary>Vectors side by side: 2, or 1 where so few columns are left.</summary>
    static abstract int Vectors { get; }
}
