namespace Kelvin.Diffusion;

/// <summary>A symmetric function of two points.</summary>
internal delegate double PairFunction(ReadOnlySpan<double> x, ReadOnlySpan<double> y);
