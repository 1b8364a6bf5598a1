namespace Kelvin.Linear;

/// <summary>An eigenvalue of T and its vector; times the coupling, the size of the last component is the residual in A.</summary>
internal readonly record struct RitzPair(double Value, double[] Vector)
{
    public double LastComponent => Math.Abs(Vector[^1]);
}
