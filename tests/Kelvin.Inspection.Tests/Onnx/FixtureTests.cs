using Kelvin.Conformance;
using Kelvin.Inspection.Onnx;
using Kelvin.Inspection.Sites;

namespace Kelvin.Inspection.Tests.Onnx;

public sealed class FixtureTests
{
    [Fact]
    public void Every_graph_has_the_right_number_of_softmaxes_and_their_vitals_to_1e_4()
    {
        IReadOnlyList<FileResult> files = ConformanceRun.Evaluate(Fixture.Folder, ["models"]);

        Assert.Empty(files.SelectMany(file => file.Failures));
        Assert.Equal(7, files.Count);
        Assert.Equal(11, files.Sum(file => file.Passed));
        Assert.All(files, file => Assert.True(file.Worst!.Error < 0.5, $"{file.File}: {file.Worst}"));
    }

    [Fact]
    public void A_softmax_without_a_name_is_called_by_its_output_and_layers_are_counted()
    {
        IReadOnlyList<SoftmaxSite> sites = Fixture.Inspect("attn-opset13-static.onnx").Sites;

        Assert.Equal(["layer0/Softmax", "layer1.probs", "cls/Softmax"], sites.Select(site => site.Label), StringComparer.Ordinal);
        Assert.Equal([SiteKind.Attention, SiteKind.Attention, SiteKind.Output], sites.Select(site => site.Kind));
        Assert.Equal([0, 1, null], sites.Select(site => site.Layer));
        Assert.Equal([4, 4, 0], sites.Select(site => site.Heads.Count));
        Assert.All(sites, site => Assert.InRange(site.LargestDifference, 0, 1e-6));
    }

    [Fact]
    public void A_softmax_inside_a_branch_is_named_as_not_visible()
    {
        InspectionReport report = Fixture.Inspect("softmax-in-if.onnx");

        Assert.Empty(report.Sites);
        HiddenSoftmax hidden = Assert.Single(report.Hidden);
        Assert.Contains("_branch/", hidden.Label, StringComparison.Ordinal);
        Assert.Contains("If", hidden.Reason, StringComparison.Ordinal);
        Assert.Equal("1 softmax in this model, and none can be seen.", InspectionWords.Headline(report));
    }

    [Fact]
    public void The_standard_attention_operator_gives_logits_and_probabilities()
    {
        SoftmaxSite site = Assert.Single(Sized("attention-opset23.onnx", ("batch", 2), ("seq", 5)).Sites);

        Assert.True(site.HasLogits);
        Assert.Equal([2L, 4, 5, 5], site.Shape);
        Assert.InRange(site.LargestDifference, 0, 1e-6);
        Assert.All(site.Heads, head => Assert.Equal((10, 8), (head.Rows, head.RowsWithChoice)));
    }

    [Fact]
    public void Fused_attention_is_computed_anew_where_that_is_sound()
    {
        SoftmaxSite site = Assert.Single(Sized("fused-attention-ms.onnx", ("batch", 2), ("seq", 5)).Sites);

        Assert.Equal("com.microsoft:Attention", site.Operator);
        Assert.True(double.IsNaN(site.LargestDifference));
        Assert.Equal(8, site.Heads[0].RowsWithChoice);
    }

    [Fact]
    public void A_real_classifier_runs_on_generated_inputs()
    {
        string[] open = Fixture.OpenDimensions("ch_ppocr_mobile_v2.0_cls_infer.onnx");

        SoftmaxSite site = Assert.Single(Sized("ch_ppocr_mobile_v2.0_cls_infer.onnx", (open[0], 2), (open[1], 48), (open[2], 192)).Sites);

        Assert.Equal(SiteKind.Output, site.Kind);
        Assert.Equal((2, 2), (site.Whole.Rows, site.RowLength));
    }

    private static InspectionReport Sized(string name, params (string Name, int Size)[] dimensions) => Fixture.InspectFile(
        Fixture.PathOf(name),
        new OnnxInspectionOptions { Dimensions = dimensions.ToDictionary(dimension => dimension.Name, dimension => dimension.Size, StringComparer.Ordinal) });
}
