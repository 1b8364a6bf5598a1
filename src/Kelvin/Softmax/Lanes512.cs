using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>512 bits at once.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector512<T> _value = value;

    public Vector512<T> Value => _value;

    public static int Count => Vector512<T>.Count;

    public static bool HasPowers => typeof(T) == typeof(float) && Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> All(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> All(double constant) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)constant).As<float, T>())
        : new(Vector512.Create(constant).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source, nuint offset) => new(Vector512.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => _value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a._value.As<T, float>(), b._value.As<T, float>(), c._value.As<T, float>()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a._value.As<T, double>(), b._value.As<T, double>(), c._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> x, Lanes512<T> other) => new(Vector512.MaxNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> x, Lanes512<T> other) => new(Vector512.MinNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Round(Lanes512<T> x) => typeof(T) == typeof(float)
        ? new(Vector512.Round(x._value.As<T, float>()).As<float, T>())
        : new(Vector512.Round(x._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Scale(Lanes512<T> x, Lanes512<T> n)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.Scale(x._value.As<T, float>(), n._value.As<T, float>()).As<float, T>())
                : new(Avx512F.Scale(x._value.As<T, double>(), n._value.As<T, double>()).As<double, T>());
        }

        // In two halves: 2ⁿ itself may lie outside the normal range.
        Lanes512<T> half = Round(n * All(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereEqual(Lanes512<T> x, Lanes512<T> other, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.Equals(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> WhereLess(Lanes512<T> x, Lanes512<T> other, Lanes512<T> then, Lanes512<T> otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.LessThan(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes512<T> x, Lanes512<T> other) => Vector512.LessThanAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Exponent(Lanes512<T> x)
    {
        if (Avx512F.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.GetExponent(x._value.As<T, float>()).As<float, T>())
                : new(Avx512F.GetExponent(x._value.As<T, double>()).As<double, T>());
        }

        // The exponent's bits below those of 2^(significand bits): a number that much larger.
        return typeof(T) == typeof(float)
            ? new((Vector512.ShiftRightLogical(x._value.AsInt32(), 23) | Vector512.Create(0x4B000000)).As<int, T>() - Vector512.Create(T.CreateTruncating(8388608 + 127)))
            : new((Vector512.ShiftRightLogical(x._value.AsInt64(), 52) | Vector512.Create(0x4330000000000000)).As<long, T>() - Vector512.Create(T.CreateTruncating(4503599627370496.0 + 1023)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Within(Lanes512<T> x, Lanes512<T> place, Lanes512<T> low, Lanes512<T> high) => new(Vector512.ConditionalSelect(
        Vector512.LessThanOrEqual(low._value, place._value) & Vector512.LessThan(place._value, high._value), x._value, Vector512.Create(T.NegativeInfinity)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Lanes512<T> x, Lanes512<T> other) => Vector512.EqualsAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(Lanes512<T> x, Lanes512<T> other) => Vector512.Equals(x._value, other._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sums(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c, Lanes512<T> d) =>
        Lanes256<T>.Sums(a.Halved(), b.Halved(), c.Halved(), d.Halved());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Highest(Lanes512<T> x) => Lanes256<T>.Highest(new(Vector256.MaxNative(x._value.GetLower(), x._value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lowest(Lanes512<T> x) => Lanes256<T>.Lowest(new(Vector256.MinNative(x._value.GetLower(), x._value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> PowerOf(Lanes512<T> shifted, Lanes512<T> lowPowers, Lanes512<T> highPowers)
    {
        Vector512<int> k = shifted._value.AsInt32();
        Vector512<float> power = Avx512F.PermuteVar16x32x2(lowPowers._value.AsSingle(), k, highPowers._value.AsSingle());
        return new((power.AsInt32() + Vector512.ShiftLeft(k, 18)).As<int, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> x) => Vector512.Sum(x._value);

    /// <summary>The lower half plus the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes256<T> Halved() => new(_value.GetLower() + _value.GetUpper());

    /// <summary>2ⁿ: n + bias shifted into the exponent's bits. Adding 1½·2^(significand bits) brings the integer down to the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes512<T> PowerOfTwo(Lanes512<T> n) => typeof(T) == typeof(float)
        ? new(Vector512.ShiftLeft((n + All(12582912.0 + 127))._value.AsInt32(), 23).As<int, T>())
        : new(Vector512.ShiftLeft((n + All(6755399441055744.0 + 1023))._value.AsInt64(), 52).As<long, T>());
}
