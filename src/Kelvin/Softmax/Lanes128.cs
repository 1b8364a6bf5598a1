using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Softmax;

/// <summary>128 bits at once.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Vector128<T> _value = value;

    public static int Count => Vector128<T>.Count;

    public static bool HasPowersOfBits => typeof(T) == typeof(float);

    public static bool AreFew => Sse.IsSupported && !Avx512F.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> All(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> All(double constant) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)constant).As<float, T>())
        : new(Vector128.Create(constant).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source, nuint offset) => new(Vector128.LoadUnsafe(in source, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref T destination, nuint offset) => _value.StoreUnsafe(ref destination, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.MultiplyAddEstimate(a._value.As<T, float>(), b._value.As<T, float>(), c._value.As<T, float>()).As<float, T>())
        : new(Vector128.MultiplyAddEstimate(a._value.As<T, double>(), b._value.As<T, double>(), c._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> SubtractProduct(Lanes128<T> c, Lanes128<T> a, Lanes128<T> b) => MultiplyAdd(new(-a._value), b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> x, Lanes128<T> other) => new(Vector128.MaxNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> x, Lanes128<T> other) => new(Vector128.MinNative(x._value, other._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Round(Lanes128<T> x) => typeof(T) == typeof(float)
        ? new(Vector128.Round(x._value.As<T, float>()).As<float, T>())
        : new(Vector128.Round(x._value.As<T, double>()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Scale(Lanes128<T> x, Lanes128<T> n)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.Scale(x._value.As<T, float>(), n._value.As<T, float>()).As<float, T>())
                : new(Avx512F.VL.Scale(x._value.As<T, double>(), n._value.As<T, double>()).As<double, T>());
        }

        // In two halves: 2ⁿ itself may lie outside the normal range.
        Lanes128<T> half = Round(n * All(0.5));
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereEqual(Lanes128<T> x, Lanes128<T> other, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.Equals(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> WhereLess(Lanes128<T> x, Lanes128<T> other, Lanes128<T> then, Lanes128<T> otherwise) =>
        new(Vector128.ConditionalSelect(Vector128.LessThan(x._value, other._value), then._value, otherwise._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyLess(Lanes128<T> x, Lanes128<T> other) => Vector128.LessThanAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Exponent(Lanes128<T> x)
    {
        if (Avx512F.VL.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? new(Avx512F.VL.GetExponent(x._value.As<T, float>()).As<float, T>())
                : new(Avx512F.VL.GetExponent(x._value.As<T, double>()).As<double, T>());
        }

        // The exponent's bits below those of 2^(significand bits): a number that much larger.
        return typeof(T) == typeof(float)
            ? new((Vector128.ShiftRightLogical(x._value.AsInt32(), 23) | Vector128.Create(0x4B000000)).As<int, T>() - Vector128.Create(T.CreateTruncating(8388608 + 127)))
            : new((Vector128.ShiftRightLogical(x._value.AsInt64(), 52) | Vector128.Create(0x4330000000000000)).As<long, T>() - Vector128.Create(T.CreateTruncating(4503599627370496.0 + 1023)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Within(Lanes128<T> x, Lanes128<T> place, Lanes128<T> low, Lanes128<T> high) => new(Vector128.ConditionalSelect(
        Vector128.LessThanOrEqual(low._value, place._value) & Vector128.LessThan(place._value, high._value), x._value, Vector128.Create(T.NegativeInfinity)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyEqual(Lanes128<T> x, Lanes128<T> other) => Vector128.EqualsAny(x._value, other._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong EqualBits(Lanes128<T> x, Lanes128<T> other) => Vector128.Equals(x._value, other._value).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Sums(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c, Lanes128<T> d)
    {
        if (typeof(T) == typeof(double))
        {
            return Vector256.Create(
                Vector128.Sum(a._value.As<T, double>()),
                Vector128.Sum(b._value.As<T, double>()),
                Vector128.Sum(c._value.As<T, double>()),
                Vector128.Sum(d._value.As<T, double>()));
        }

        // Transposed, so that three additions finish all four.
        Vector128<float> lowAB = Interleave(a, b, 0);
        Vector128<float> highAB = Interleave(a, b, 2);
        Vector128<float> lowCD = Interleave(c, d, 0);
        Vector128<float> highCD = Interleave(c, d, 2);
        Vector128<float> ab = lowAB + highAB;
        Vector128<float> cd = lowCD + highCD;
        Vector128<float> sums = LowerHalves(ab, cd) + UpperHalves(ab, cd);
        return Vector256.Create(Vector128.WidenLower(sums), Vector128.WidenUpper(sums));
    }

    /// <summary>a[from], b[from], a[from + 1], b[from + 1].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Lanes128<T> a, Lanes128<T> b, int from)
    {
        Vector128<float> x = a._value.As<T, float>();
        Vector128<float> y = b._value.As<T, float>();
        if (Sse.IsSupported)
            return from == 0 ? Sse.UnpackLow(x, y) : Sse.UnpackHigh(x, y);
        return Vector128.Create(x[from], y[from], x[from + 1], y[from + 1]);
    }

    // Creating a vector of two halves goes through memory, and waits for it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LowerHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(x, y) : Vector128.Create(x.GetLower(), y.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> UpperHalves(Vector128<float> x, Vector128<float> y) =>
        Sse.IsSupported ? Sse.MoveHighToLow(y, x) : Vector128.Create(x.GetUpper(), y.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Highest(Lanes128<T> x)
    {
        Vector128<T> pairs = Vector128.MaxNative(x._value, Swap(x._value));
        return T.MaxNative(pairs[0], pairs[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lowest(Lanes128<T> x)
    {
        Vector128<T> pairs = Vector128.MinNative(x._value, Swap(x._value));
        return T.MinNative(pairs[0], pairs[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> PowerOfBits(Lanes128<T> shifted) => new(Vector128.ShiftLeft(shifted._value.AsInt32(), 23).As<int, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> x) => Vector128.Sum(x._value);

    /// <summary>The upper 64 bits before the lower ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Swap(Vector128<T> x) => Vector128.Shuffle(x.AsInt64(), Vector128.Create(1L, 0L)).As<long, T>();

    /// <summary>2ⁿ: n + bias shifted into the exponent's bits. Adding 1½·2^(significand bits) brings the integer down to the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes128<T> PowerOfTwo(Lanes128<T> n) => typeof(T) == typeof(float)
        ? new(Vector128.ShiftLeft((n + All(12582912.0 + 127))._value.AsInt32(), 23).As<int, T>())
        : new(Vector128.ShiftLeft((n + All(6755399441055744.0 + 1023))._value.AsInt64(), 52).As<long, T>());
}
