namespace Kelvin.Tangents;

/// <summary>What was found where a predicted path was linearised anew.</summary>
/// <param name="Step">Steps from the start.</param>
/// <param name="Loss">½‖F − Y‖² of the network with the parameters predicted for this step.</param>
/// <param name="Largest">λ_max of its kernel.</param>
/// <param name="Smallest">λ_min of its kernel.</param>
/// <param name="Edge">ηκλ_max/(2(1 + μ)): from 1 on the step overshoots.</param>
/// <param name="KernelChange">‖H − H₀‖_F/‖H₀‖_F.</param>
/// <param name="Movement">The way of the unit that went farthest, max_r ‖w_r − w_r(0)‖₂.</param>
public readonly record struct PathPoint(int Step, double Loss, double Largest, double Smallest, double Edge, double KernelChange, double Movement);
