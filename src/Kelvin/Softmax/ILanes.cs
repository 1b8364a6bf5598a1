using System.Numerics;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>Several numbers handled at once: what the loops over a row need of a vector, whatever its width.</summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="T">float or double.</typeparam>
internal interface ILanes<TSelf, T> :
    IAdditionOperators<TSelf, TSelf, TSelf>, ISubtractionOperators<TSelf, TSelf, TSelf>, IMultiplyOperators<TSelf, TSelf, TSelf>, IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : unmanaged, ILanes<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same value in every lane.</summary>
    static abstract TSelf All(T value);

    /// <summary>A constant of the formulas in every lane, rounded to T.</summary>
    static abstract TSelf All(double constant);

    /// <summary>Reads <see cref="Count"/> numbers from <paramref name="offset"/> elements after <paramref name="source"/> on.</summary>
    static abstract TSelf Load(ref readonly T source, nuint offset);

    /// <summary>Writes <see cref="Count"/> numbers.</summary>
    void Store(ref T destination, nuint offset);

    /// <summary>a·b + c, rounded once where the machine can.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary>c − a·b, rounded once where the machine can.</summary>
    static virtual TSelf SubtractProduct(TSelf c, TSelf a, TSelf b) => TSelf.MultiplyAdd(default(TSelf) - a, b, c);

    /// <summary>The larger of each pair. Where <paramref name="other"/> is NaN, NaN; where <paramref name="x"/> is, <paramref name="other"/> or NaN.</summary>
    static abstract TSelf Max(TSelf x, TSelf other);

    /// <summary>The smaller of each pair. Where <paramref name="other"/> is NaN, NaN; where <paramref name="x"/> is, <paramref name="other"/> or NaN.</summary>
    static abstract TSelf Min(TSelf x, TSelf other);

    /// <summary>The nearest integer to each.</summary>
    static abstract TSelf Round(TSelf x);

    /// <summary>x·2ⁿ, correctly rounded into the subnormal range and to 0 and ∞; n holds integers from −1100 to 1100 (double), −160 to 160 (float).</summary>
    static abstract TSelf Scale(TSelf x, TSelf n);

    /// <summary>Whether any lane is equal to its partner.</summary>
    static abstract bool AnyEqual(TSelf x, TSelf other);

    /// <summary>One bit a lane, the first lane lowest: whether it is equal to its partner.</summary>
    static abstract ulong EqualBits(TSelf x, TSelf other);

    /// <summary><paramref name="then"/> in the lanes in which <paramref name="x"/> is equal to its partner, <paramref name="otherwise"/> in the others.</summary>
    static abstract TSelf WhereEqual(TSelf x, TSelf other, TSelf then, TSelf otherwise);

    /// <summary><paramref name="then"/> in the lanes in which <paramref name="x"/> is below its partner, <paramref name="otherwise"/> in the others.</summary>
    static abstract TSelf WhereLess(TSelf x, TSelf other, TSelf then, TSelf otherwise);

    /// <summary>Whether any lane is below its partner.</summary>
    static abstract bool AnyLess(TSelf x, TSelf other);

    /// <summary>⌊log₂ x⌋ of positive normal numbers; anything for others.</summary>
    static abstract TSelf Exponent(TSelf x);

    /// <summary>x where low ≤ place &lt; high, −∞ elsewhere.</summary>
    static abstract TSelf Within(TSelf x, TSelf place, TSelf low, TSelf high);

    /// <summary>Σ of the lanes of each of four, added pairwise in T.</summary>
    static abstract Vector256<double> Sums(TSelf a, TSelf b, TSelf c, TSelf d);

    /// <summary>The largest lane.</summary>
    static abstract T Highest(TSelf x);

    /// <summary>The smallest lane.</summary>
    static abstract T Lowest(TSelf x);

    /// <summary>Whether <see cref="PowerOf"/> can be had: 32 lanes of float in two vectors.</summary>
    static virtual bool HasPowers => false;

    /// <summary>2^(k/32) from k in the lowest bits of <paramref name="shifted"/>; the powers are those of <see cref="NarrowExp{TLanes, T}"/>.</summary>
    static virtual TSelf PowerOf(TSelf shifted, TSelf lowPowers, TSelf highPowers) => throw new NotSupportedException();

    /// <summary>Whether <see cref="PowerOfBits"/> can be had: lanes of float.</summary>
    static virtual bool HasPowersOfBits => false;

    /// <summary>2ⁿ, 0 for n = −127, from n + 127 in the lowest bits of a number that has no others.</summary>
    static virtual TSelf PowerOfBits(TSelf shifted) => throw new NotSupportedException();

    /// <summary>Whether the machine has so few registers that loops keep two vectors in hand rather than four.</summary>
    static virtual bool AreFew => false;

    /// <summary>Whether <see cref="Quintics"/> can be had: lanes of float with few registers.</summary>
    static virtual bool HasQuintics => false;

    /// <summary>Polynomials of degree 5 at two x, with the coefficients of <see cref="Exp2Operands"/>.</summary>
    static virtual unsafe void Quintics(float* coefficients, TSelf x0, TSelf x1, out TSelf y0, out TSelf y1) => throw new NotSupportedException();

    /// <summary>Σ of the lanes, added pairwise in T.</summary>
    static abstract T Sum(TSelf x);
}
