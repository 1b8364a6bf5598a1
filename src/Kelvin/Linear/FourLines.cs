using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Kelvin.Linear;

/// <summary>Four floats of each of four or two lines, which are to lie across: a small matrix turned in registers.</summary>
internal static class FourLines
{
    /// <summary>Number l of line i goes to l·<paramref name="width"/> + i; the four lines are <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Turn(ref float source, nint stride, ref float packed, nint width)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source), b = Vector128.LoadUnsafe(ref source, (nuint)stride);
        Vector128<float> c = Vector128.LoadUnsafe(ref source, (nuint)(2 * stride)), d = Vector128.LoadUnsafe(ref source, (nuint)(3 * stride));
        Vector128<double> ab = Lower(a, b).AsDouble(), cd = Lower(c, d).AsDouble();
        Lower(ab, cd).AsSingle().StoreUnsafe(ref packed);
        Upper(ab, cd).AsSingle().StoreUnsafe(ref packed, (nuint)width);
        (ab, cd) = (Upper(a, b).AsDouble(), Upper(c, d).AsDouble());
        Lower(ab, cd).AsSingle().StoreUnsafe(ref packed, (nuint)(2 * width));
        Upper(ab, cd).AsSingle().StoreUnsafe(ref packed, (nuint)(3 * width));
    }

    /// <summary>The same for two lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TurnTwo(ref float source, nint stride, ref float packed, nint width)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref source), b = Vector128.LoadUnsafe(ref source, (nuint)stride);
        Vector128<double> lower = Lower(a, b).AsDouble(), upper = Upper(a, b).AsDouble();
        Put(lower.GetElement(0), ref packed, 0);
        Put(lower.GetElement(1), ref packed, width);
        Put(upper.GetElement(0), ref packed, 2 * width);
        Put(upper.GetElement(1), ref packed, 3 * width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double two, ref float packed, nint offset) =>
        Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref packed, offset)), two);

    /// <summary>a₀ b₀ a₁ b₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Lower(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>a₂ b₂ a₃ b₃.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Upper(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>a₀ b₀.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Lower(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackLow(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b) : Vector128.Create(a[0], b[0]);

    /// <summary>a₁ b₁.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Upper(Vector128<double> a, Vector128<double> b) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(a, b) : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b) : Vector128.Create(a[1], b[1]);
}
