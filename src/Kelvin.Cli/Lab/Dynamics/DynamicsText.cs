using Kelvin.Cli.Frame;
using Kelvin.Tangents;

namespace Kelvin.Cli.Lab.Dynamics;

/// <summary>What the dynamics experiment says on the terminal.</summary>
internal static class DynamicsText
{
    public static void Write(CliHost host, DynamicsResult result)
    {
        DynamicsPlan plan = result.Plan;
        host.Write(Headline(result));
        host.Write(LabWords.Text($"\n{result.Problem.Name}, {result.Problem.Set.Rows} examples on the unit sphere, {result.Problem.Question}, targets ±{plan.Targets:0.###}; {plan.Hidden} units, gradient descent for {plan.Steps} steps or to 1e-6 of the loss. Steps in shares of the largest stable one.\n"));
        if (result.Singular is { } singular)
            host.Write(singular + "\n");
        Courses(result).Write(host);
        host.Write(LabWords.Text($"\nBefore: whether the check said that the loss will be within {100 * plan.Tolerance:0.#} % of the prediction. Off at: the step from which it was not. Test: error of predicted outputs at new points, at the end.\n"));
        foreach (DynamicsCourse course in result.Courses.Where(course => course.FirstOff is not null && course.Share < 1))
            host.Write(LabWords.Text($"{LabWords.Capital(course.Activation)}, step × {course.Share:0.##}, momentum {course.Momentum:0.##}: {course.Explanation}"));
        host.Write(LabWords.Text($"\nMini-batches of {plan.BatchSize} with replacement, {plan.BatchSteps} steps of {plan.StepShare * plan.BatchSize / result.Problem.Set.Rows:0.###} of the stable one: expected loss as predicted from the start, and the mean of {plan.BatchRuns} runs.\n"));
        Batches(result).Write(host);
    }

    /// <summary>The answer in a sentence.</summary>
    public static string Headline(DynamicsResult result)
    {
        string held = string.Join(", ", LabNetworks.Activations.Select(activation =>
        {
            DynamicsCourse[] courses = [.. result.Courses.Where(course => course.Activation == activation && course.Share < 1)];
            return LabWords.Text($"{courses.Count(course => course.FirstOff is null)} of {courses.Length} for {LabWords.Of(activation)}");
        }));
        return LabWords.Text($"The kernel at the start predicts the training loss within {100 * result.Plan.Tolerance:0.#} % in {held} below the stable step; the check made before training was right in {result.Foretold} of {result.Courses.Count} runs.");
    }

    public static string Why(PredictionEnd reason) => reason switch
    {
        PredictionEnd.Holds => "holds",
        PredictionEnd.StepTooLarge => "step too large",
        PredictionEnd.EdgeOfStability => "edge reached",
        PredictionEnd.KernelDrift => "kernel drift",
        _ => "not finite",
    };

    private static TextTable Courses(DynamicsResult result)
    {
        var table = new TextTable("activation", "step", "mom.", "before", "off at", "error", "drift", "test", "why");
        foreach (DynamicsCourse course in result.Courses)
        {
            table.Add(
                LabWords.Of(course.Activation), LabWords.Text($"× {course.Share:0.##}"), LabWords.Text($"{course.Momentum:0.##}"),
                course.SaidYes ? "yes" : "no", course.FirstOff is { } off ? LabWords.Text($"{off}") : "–",
                Share(course.LargestError), Share(course.KernelChange), Share(course.TestError), Why(course.Reason));
        }

        return table;
    }

    private static TextTable Batches(DynamicsResult result)
    {
        var table = new TextTable("activation", "at the start", "predicted", "measured", "without noise");
        foreach (BatchCourse batch in result.Batches)
        {
            table.Add(
                LabWords.Of(batch.Activation), LabWords.Number(batch.Expected[0]), LabWords.Number(batch.Expected[^1]),
                LabWords.Number(batch.Measured[^1]), LabWords.Number(batch.WithoutNoise[^1]));
        }

        return table;
    }

    private static string Share(double share) => share switch
    {
        > 10 => "> 10 ×",
        >= 1 => LabWords.Text($"{share:0.0} ×"),
        _ => LabWords.Text($"{100 * share:0.0} %"),
    };
}
