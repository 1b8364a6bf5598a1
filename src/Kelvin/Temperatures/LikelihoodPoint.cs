namespace Kelvin.Temperatures;

/// <summary>NLL(β) and its first two derivatives.</summary>
internal readonly record struct LikelihoodPoint(double Beta, double Nll, double Slope, double Curvature);
