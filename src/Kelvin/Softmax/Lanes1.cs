using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Kelvin.Softmax;

/// <summary>One number at a time: the same loops where the machine has no vectors.</summary>
internal readonly struct Lanes1<T>(T value) : ILanes<Lanes1<T>, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _value = value;

    public static int Count => 1;

    public static Lanes1<T> operator +(Lanes1<T> left, Lanes1<T> right) => new(left._value + right._value);

    public static Lanes1<T> operator -(Lanes1<T> left, Lanes1<T> right) => new(left._value - right._value);

    public static Lanes1<T> operator *(Lanes1<T> left, Lanes1<T> right) => new(left._value * right._value);

    public static Lanes1<T> operator /(Lanes1<T> left, Lanes1<T> right) => new(left._value / right._value);

    public static Lanes1<T> All(T value) => new(value);

    public static Lanes1<T> All(double constant) => new(T.CreateTruncating(constant));

    public static Lanes1<T> Load(ref readonly T source, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in source), offset));

    public void Store(ref T destination, nuint offset) => Unsafe.Add(ref destination, offset) = _value;

    public static Lanes1<T> MultiplyAdd(Lanes1<T> a, Lanes1<T> b, Lanes1<T> c) => new(T.MultiplyAddEstimate(a._value, b._value, c._value));

    public static Lanes1<T> Max(Lanes1<T> x, Lanes1<T> other) => new(x._value > other._value ? x._value : other._value);

    public static Lanes1<T> Min(Lanes1<T> x, Lanes1<T> other) => new(x._value < other._value ? x._value : other._value);

    public static Lanes1<T> Round(Lanes1<T> x) => new(T.Round(x._value));

    public static Lanes1<T> Scale(Lanes1<T> x, Lanes1<T> n) =>
        new(T.IsNaN(n._value) ? n._value : T.ScaleB(x._value, int.CreateTruncating(n._value)));

    public static bool AnyEqual(Lanes1<T> x, Lanes1<T> other) => x._value == other._value;

    public static ulong EqualBits(Lanes1<T> x, Lanes1<T> other) => x._value == other._value ? 1u : 0u;

    public static Lanes1<T> WhereEqual(Lanes1<T> x, Lanes1<T> other, Lanes1<T> then, Lanes1<T> otherwise) =>
        x._value == other._value ? then : otherwise;

    public static Lanes1<T> WhereLess(Lanes1<T> x, Lanes1<T> other, Lanes1<T> then, Lanes1<T> otherwise) => x._value < other._value ? then : otherwise;

    public static bool AnyLess(Lanes1<T> x, Lanes1<T> other) => x._value < other._value;

    public static Lanes1<T> Exponent(Lanes1<T> x) => new(T.CreateTruncating(T.ILogB(x._value)));

    public static Lanes1<T> Within(Lanes1<T> x, Lanes1<T> place, Lanes1<T> low, Lanes1<T> high) =>
        low._value <= place._value && place._value < high._value ? x : new(T.NegativeInfinity);

    public static Vector256<double> Sums(Lanes1<T> a, Lanes1<T> b, Lanes1<T> c, Lanes1<T> d) => Vector256.Create(
        double.CreateTruncating(a._value), double.CreateTruncating(b._value), double.CreateTruncating(c._value), double.CreateTruncating(d._value));

    public static T Highest(Lanes1<T> x) => x._value;

    public static T Lowest(Lanes1<T> x) => x._value;

    public static T Sum(Lanes1<T> x) => x._value;
}
