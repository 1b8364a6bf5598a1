using System.Numerics;
using Kelvin.Inspection;
using Kelvin.Inspection.Inputs;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Sites;
using Kelvin.Softmax;

namespace Kelvin.Conformance.Families;

/// <summary>The statistics of every softmax row of an ONNX model. The model runs in its own precision, whatever is asked for.</summary>
internal sealed class OnnxFamily : IFamily
{
    public string Name => "models/onnx";

    public Answers Evaluate<T>(FixtureInputs inputs)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var options = new OnnxInspectionOptions { Inputs = [InputSource.Json(inputs.Json("inputs"), "the fixture")], KeepsRows = true };
        InspectionReport report = OnnxInspector.Inspect(inputs.File("model"), inputs.Text("model"), options, CancellationToken.None);
        var answers = new Answers();
        answers.Add("softmax_nodes", report.Sites.Count(site => site.Operator is "Softmax" or "LogSoftmax"));
        foreach (SoftmaxSite site in report.Sites)
            AddRows(answers, site);
        return answers;
    }

    /// <summary>Adds the statistics of the heads, for other families too.</summary>
    public static void AddHeads(Answers answers, SoftmaxSite site)
    {
        answers.Add<double>($"{site.Label}.heads.mean_entropy", [.. site.Heads.Select(head => head.Entropy.Mean)]);
        answers.Add<double>($"{site.Label}.heads.max_logit", [.. site.Heads.Select(head => head.Room.MaxLogit)]);
        answers.Add<double>($"{site.Label}.heads.mean_max_prob", [.. site.Heads.Select(head => head.MaxProbability.Mean)]);
    }

    private static void AddRows(Answers answers, SoftmaxSite site)
    {
        SoftmaxStatistics[] rows = site.Rows.ToArray();
        answers.Add<double>($"{site.Label}.rows_max_logit", [.. rows.Select(row => row.MaxLogit)]);
        answers.Add<double>($"{site.Label}.rows_lse", [.. rows.Select(row => row.LogSumExp)]);
        answers.Add<double>($"{site.Label}.rows_entropy", [.. rows.Select(row => row.Entropy)]);
        answers.Add<double>($"{site.Label}.rows_max_prob", [.. rows.Select(row => row.MaxProbability)]);
        answers.Add($"{site.Label}.rows_argmax", rows.Select(row => row.ArgMax));
        answers.Add($"{site.Label}.row_length", site.RowLength);
        AddHeads(answers, site);
    }
}
