using Kelvin.Cli.Lab.Ntk;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>What <c>kelvin lab dynamics</c> found.</summary>
internal sealed record DynamicsResult(
    KernelProblem Problem, DynamicsPlan Plan, string? Singular, IReadOnlyList<DynamicsCourse> Courses, IReadOnlyList<BatchCourse> Batches)
{
    /// <summary>Runs of which the check said before training what came true.</summary>
    public int Foretold => Courses.Count(course => course.SaidYes == course.FirstOff is null);
}
