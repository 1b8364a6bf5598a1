using Kelvin.Cli.Calibration;
using Kelvin.Reports;

namespace Kelvin.Cli.Demo;

/// <summary>The report's sections on calibration: the best network, and one that claims too much.</summary>
internal static class CalibrationSections
{
    public static IEnumerable<Section> Of(DemoResult result)
    {
        string name = DemoWords.Of(result.BestAccuracy.Activation);
        yield return CalibrationPage.Section(result.Overconfident) with
        {
            Title = "Calibration",
            Lead = DemoWords.Text($"An exp network trained on {result.Plan.OverconfidentRows} images until nothing was left to learn claims more than it knows. Its temperature is fitted on the validation set and judged on images that nothing was fitted to. A temperature divides the logits: it changes no prediction, only how sure the network claims to be."),
        };
        yield return CalibrationPage.Section(result.Best) with
        {
            Title = "Calibration of the best network",
            Lead = DemoWords.Text($"The {name} network that did best on the validation set. {CalibrationNote.Of(result)}"),
        };
    }
}
