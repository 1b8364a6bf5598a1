namespace Kelvin.Tangents.Certificates;

/// <summary>A step at which the residual of the centre path is known as a vector.</summary>
/// <param name="Step">k.</param>
/// <param name="Residual">û_k, output-major.</param>
/// <param name="Outputs">Bound of ‖u_k − û_k‖.</param>
internal sealed record CurveCheckpoint(int Step, double[] Residual, double Outputs);
