using System.Numerics;
using Kelvin.Linear;
using Kelvin.Networks;

namespace Kelvin.Tangents;

/// <summary>Computes neural tangent kernels of two-layer networks at their present weights.</summary>
/// <remarks>
/// <para>J = ∂vec(F)/∂θ over the parameters θ that training changes, in output-major order: row l·n + i belongs to output l of example i.
/// J Jᵀ = κ·H, and H is the tangent kernel; κ = m for the theory's parametrisation, else 1.</para>
/// <para>H_(l,i),(k,j) = (1/κ)·[(⟨x_i, x_j⟩ + β)·⟨D^l_i, D^k_j⟩ + [l = k]·(α s² ⟨φ_i, φ_j⟩ + β)],  D^l_i = ∂F_il/∂(x_iᵀW + b), φ_i the hidden
/// units, s the output scale, β = 1 with biases, α = 1 if A is trained. It is assembled from these inner products; J, which is d times larger than D,
/// is never formed.</para>
/// <para>Source: theory section 2; Jacot, Gabriel and Hongler, arXiv 1806.07572.</para>
/// </remarks>
public static class TangentKernel
{
    /// <summary>Computes the kernel H of a set of points.</summary>
    /// <typeparam name="T">float or double; double unless memory decides.</typeparam>
    /// <param name="network">The network, at the weights to linearise at.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite.</param>
    /// <param name="options">Threads and memory.</param>
    /// <returns>H, of n·d_out rows; symmetric to the bit and the same on any number of threads.</returns>
    /// <remarks>
    /// <para>Where an activation overflows, the entries of H that it is part of are NaN or ±∞; see <see cref="TangentKernel{T}.IsFinite"/>.</para>
    /// <para>Accuracy: |error| ≤ (γ(d + 3) + γ(m + 3))·(1/κ)·(|X|·|Xᵀ|) ∘ (|D|·|Dᵀ|), apart from the rounding of D itself.</para>
    /// <para>Cost: n²·(d + d_out²·m) multiply-adds, half of the full products, and a forward pass of n·d·m. Memory: see <see cref="MemoryNeeded{T}"/>.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// X has no row, does not fit the network or is not finite, a weight is not finite, or the kernel needs more memory than allowed: the message says
    /// how much. <see cref="TangentOperator"/> then multiplies by it without forming it.
    /// </exception>
    public static TangentKernel<T> Compute<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, TangentKernelOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Compute(network, inputs, new KernelRoom<T>(), options);

    /// <summary>Computes the kernel H of a set of points in memory that is kept: as the other overload, but the kernel lies in the room.</summary>
    /// <param name="network">The network, at the weights to linearise at.</param>
    /// <param name="inputs">X, shape n × d, n ≥ 1, finite.</param>
    /// <param name="room">Holds the result until it is used again.</param>
    /// <param name="options">Threads and memory.</param>
    /// <exception cref="ArgumentException">As without a room.</exception>
    public static TangentKernel<T> Compute<T>(
        TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, KernelRoom<T> room, TangentKernelOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(room);
        options ??= TangentKernelOptions.Default;
        Check(network, options);
        CheckPoints(network, inputs, nameof(inputs));
        KernelMemory.Check<T>(network.Options, inputs.Rows, inputs.Rows, isSquare: true, options);

        KernelFeatures<T> features = KernelFeatures.Of(network, inputs, options.Threads, room);
        MatrixView<T> kernel = room.Kernel(features.Slopes.Rows, features.Slopes.Rows);
        int bandRows = KernelBands.SquareRows(inputs.Rows, options.Threads);
        int bands = ((inputs.Rows - 1) / bandRows) + 1;
        ParallelRange.For(bands, 1, options.Threads, new SquareKernelJob<T>(features, kernel, bandRows));
        return new TangentKernel<T>(kernel, network.Options, KernelRank.Of(network.Options, inputs));
    }

    /// <summary>Computes the kernel between two sets of points, as test predictions need it.</summary>
    /// <param name="network">The network, at the weights to linearise at.</param>
    /// <param name="inputs">X, shape n × d, finite.</param>
    /// <param name="others">X', shape n' × d, finite.</param>
    /// <param name="options">Threads and memory.</param>
    /// <returns>H(X, X'), shape n·d_out × n'·d_out, both sides output-major and divided by κ as H is.</returns>
    /// <remarks>Cost: n·n'·(d + d_out²·m) multiply-adds and two forward passes. NaN, accuracy: as <see cref="Compute{T}(TwoLayerNetwork{T}, ReadOnlyMatrixView{T}, TangentKernelOptions?)"/>.</remarks>
    /// <exception cref="ArgumentException">As <see cref="Compute{T}(TwoLayerNetwork{T}, ReadOnlyMatrixView{T}, TangentKernelOptions?)"/>.</exception>
    public static MatrixView<T> Cross<T>(
        TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> inputs, ReadOnlyMatrixView<T> others, TangentKernelOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options ??= TangentKernelOptions.Default;
        Check(network, options);
        CheckPoints(network, inputs, nameof(inputs));
        CheckPoints(network, others, nameof(others));
        KernelMemory.Check<T>(network.Options, inputs.Rows, others.Rows, isSquare: false, options);

        KernelFeatures<T> left = KernelFeatures.Of(network, inputs, options.Threads);
        KernelFeatures<T> right = KernelFeatures.Of(network, others, options.Threads);
        MatrixView<T> kernel = new KernelRoom<T>().Kernel(left.Slopes.Rows, right.Slopes.Rows);
        ParallelRange.For(inputs.Rows, KernelBands.Rows(inputs.Rows), options.Threads, new CrossKernelJob<T>(left, right, kernel));
        return kernel;
    }

    /// <summary>Bytes that <see cref="Compute{T}(TwoLayerNetwork{T}, ReadOnlyMatrixView{T}, TangentKernelOptions?)"/> takes at most.</summary>
    /// <param name="options">The network's.</param>
    /// <param name="rows">n, the number of examples.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <remarks>
    /// The size of T times: (n·d_out)² for H, n·m·(d_out + α) for D and φ, and for each thread at most 192·n·(1 + α) for inner products and 384·m for
    /// a forward pass; the packing buffers of the matrix product (4.4 MB a thread) come on top.
    /// </remarks>
    public static long MemoryNeeded<T>(NetworkOptions options, int rows, int threads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(options);
        Require.Positive(rows);
        Require.Positive(threads);
        return KernelMemory.Needed<T>(options, rows, rows, isSquare: true, threads);
    }

    internal static void CheckPoints<T>(TwoLayerNetwork<T> network, ReadOnlyMatrixView<T> points, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require.That(points.Rows > 0, $"{name} has no rows, but must hold at least one example.", name);
        Require.SameShape(points.Rows, network.Options.Inputs, points.Rows, points.Columns, name);
        TrainingSet.RequireFinite(points, name);
    }

    internal static void CheckWeights<T>(TwoLayerNetwork<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        long nonFinite = Magnitude.NonFiniteCount<T>(network.Parameters.Span);
        Require.That(
            nonFinite == 0,
            $"{nonFinite} of the network's parameters are NaN or infinite; linearise it at weights from before it diverged.",
            nameof(network));
    }

    private static void Check<T>(TwoLayerNetwork<T> network, TangentKernelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckWeights(network);
        options.Check();
    }
}
