using System.Runtime.Intrinsics;

namespace Kelvin.Transformers.Weights;

/// <summary>How a stored number becomes a float, one at a time and a vector at a time, to the same bits.</summary>
/// <typeparam name="TStored">What is stored.</typeparam>
internal interface IStoredFormat<TStored>
    where TStored : unmanaged
{
    /// <summary>One number.</summary>
    static abstract float Widen(TStored stored);

    /// <summary>4 numbers from <paramref name="offset"/> elements after <paramref name="origin"/> on.</summary>
    static abstract Vector128<float> Widen128(ref TStored origin, nuint offset);

    /// <summary>8 numbers.</summary>
    static abstract Vector256<float> Widen256(ref TStored origin, nuint offset);

    /// <summary>16 numbers.</summary>
    static abstract Vector512<float> Widen512(ref TStored origin, nuint offset);
}
