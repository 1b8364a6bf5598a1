using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>256 bits at once.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector256<T> _value = value;

    public static int Count => Vector256<T>.Count;

    public static bool HasPowersOfBits => typeof(T) == typeof(float);

    public static bool HasQuintics => typeof(T) == typeof(float) && AreFew && Fma.IsSupported;

    public static bool AreFew => Sse.IsSupported && !Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> All(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> All(double constant) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)constant).As<float, T>())
        : new(Vector256.Create(constant).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source, nuint offset) => new(Vector256.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => _value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.MultiplyAddEstimate(a._value.As<T, float>(), b._value.As<T, float>(), c._value.As<T, float>()).As<float, T>())
        : new(Vector256.MultiplyAddEstimate(a._value.As<T, double>(), b._value.As<T, double>(), c._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> SubtractProduct(Lanes256<T> c, Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float) && Fma.IsSupported
        ? new(Fma.MultiplyAddNegated(a._value.As<T, float>(), b._value.As<T, float>(), c._value.As<T, float>()).As<float, T>())
        : MultiplyAdd(new(-a._value), b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> x, Lanes256<T> other) => new(Vector256.MaxNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> x, Lanes256<T> other) => new(Vector256.MinNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Round(Lanes256<T> x) => typeof(T) == typeof(float)
        ? new(Vector256.Round(x._value.As<T, float>()).As<float, T>())
        : new(Vector256.Round(x._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Scale(Lanes256<T> x, Lanes256<T> n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.Scale(x._value.As<T, float>(), n._value.As<T, float>()).As<float, T>())
                : new(Avx512F.VL.Scale(x._value.As<T, double>(), n._value.As<T, double>()).As<double, T>());
        }

        // In two halves: 2ⁿ itself may lie outside the normal range.
        Lanes256<T> half = Round(n * All(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereEqual(Lanes256<T> x, Lanes256<T> other, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Select(Vector256.Equals(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> WhereLess(Lanes256<T> x, Lanes256<T> other, Lanes256<T> then, Lanes256<T> otherwise) =>
        new(Select(Vector256.LessThan(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes256<T> x, Lanes256<T> other) => Vector256.LessThanAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Exponent(Lanes256<T> x)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.GetExponent(x._value.As<T, float>()).As<float, T>())
                : new(Avx512F.VL.GetExponent(x._value.As<T, double>()).As<double, T>());
        }

        // The exponent's bits below those of 2^(significand bits): a number that much larger.
        return typeof(T) == typeof(float)
            ? new((Vector256.ShiftRightLogical(x._value.AsInt32(), 23) | Vector256.Create(0x4B000000)).As<int, T>() - Vector256.Create(T.CreateTruncating(8388608 + 127)))
            : new((Vector256.ShiftRightLogical(x._value.AsInt64(), 52) | Vector256.Create(0x4330000000000000)).As<long, T>() - Vector256.Create(T.CreateTruncating(4503599627370496.0 + 1023)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Within(Lanes256<T> x, Lanes256<T> place, Lanes256<T> low, Lanes256<T> high) => new(Vector256.ConditionalSelect(
        Vector256.LessThanOrEqual(low._value, place._value) & Vector256.LessThan(place._value, high._value), x._value, Vector256.Create(T.NegativeInfinity)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Lanes256<T> x, Lanes256<T> other) => Vector256.EqualsAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(Lanes256<T> x, Lanes256<T> other) => Vector256.Equals(x._value, other._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sums(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c, Lanes256<T> d) =>
        Lanes128<T>.Sums(a.Halved(), b.Halved(), c.Halved(), d.Halved());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Highest(Lanes256<T> x) => Lanes128<T>.Highest(new(Vector128.MaxNative(x._value.GetLower(), x._value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lowest(Lanes256<T> x) => Lanes128<T>.Lowest(new(Vector128.MinNative(x._value.GetLower(), x._value.GetUpper())));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> PowerOfBits(Lanes256<T> shifted) => new(Vector256.ShiftLeft(shifted._value.AsInt32(), 23).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Quintics(float* coefficients, Lanes256<T> x0, Lanes256<T> x1, out Lanes256<T> y0, out Lanes256<T> y1)
    {
        var c = (Vector256<float>*)coefficients;   // each twice
        Vector256<float> even = x0._value.As<T, float>(), odd = x1._value.As<T, float>();
        Vector256<float> p0 = Fma.MultiplyAdd(c[0], even, c[2]), p1 = Fma.MultiplyAdd(c[1], odd, c[3]);
        p0 = Fma.MultiplyAdd(p0, even, c[4]);
        p1 = Fma.MultiplyAdd(p1, odd, c[5]);
        p0 = Fma.MultiplyAdd(p0, even, c[6]);
        p1 = Fma.MultiplyAdd(p1, odd, c[7]);
        p0 = Fma.MultiplyAdd(p0, even, c[8]);
        p1 = Fma.MultiplyAdd(p1, odd, c[9]);
        y0 = new(Fma.MultiplyAdd(p0, even, c[10]).As<float, T>());
        y1 = new(Fma.MultiplyAdd(p1, odd, c[11]).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> x) => Vector256.Sum(x._value);

    /// <summary>In one instruction: where a mask serves twice, the compiler would take three.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Select(Vector256<T> mask, Vector256<T> then, Vector256<T> otherwise)
    {
        if (!AreFew || !Avx.IsSupported)
            return Vector256.ConditionalSelect(mask, then, otherwise);
        return typeof(T) == typeof(float)
            ? Avx.BlendVariable(otherwise.As<T, float>(), then.As<T, float>(), mask.As<T, float>()).As<float, T>()
            : Avx.BlendVariable(otherwise.As<T, double>(), then.As<T, double>(), mask.As<T, double>()).As<double, T>();
    }

    /// <summary>The lower half plus the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lanes128<T> Halved() => new(_value.GetLower() + _value.GetUpper());

    /// <summary>2ⁿ: n + bias shifted into the exponent's bits. Adding 1½·2^(significand bits) brings the integer down to the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes256<T> PowerOfTwo(Lanes256<T> n) => typeof(T) == typeof(float)
        ? new(Vector256.ShiftLeft((n + All(12582912.0 + 127))._value.AsInt32(), 23).As<int, T>())
        : new(Vector256.ShiftLeft((n + All(6755399441055744.0 + 1023))._value.AsInt64(), 52).As<long, T>());
}
