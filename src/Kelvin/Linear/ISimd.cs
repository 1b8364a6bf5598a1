namespace Kelvin.Linear;

/// <summary>A vector of lanes: what a kernel needs to be written once for every width and for both element types.</summary>
/// <typeparam name="TVector">The register: a hardware vector, or one number on machines without.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ISimd<TVector, T>
{
    /// <summary>Elements in a vector.</summary>
    static abstract int Lanes { get; }

    /// <summary>The vector of zeros.</summary>
    static abstract TVector Zero { get; }

    /// <summary>Reads the vector that starts <paramref name="offset"/> elements after <paramref name="origin"/>.</summary>
    static abstract TVector Load(ref T origin, nint offset);

    /// <summary>Writes the vector that starts <paramref name="offset"/> elements after <paramref name="origin"/>.</summary>
    static abstract void Store(TVector vector, ref T origin, nint offset);

    /// <summary>The vector with <paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x·y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x·y + z, rounded once where the machine can, otherwise twice.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>The sum of the lanes.</summary>
    static abstract T Sum(TVector vector);
}
