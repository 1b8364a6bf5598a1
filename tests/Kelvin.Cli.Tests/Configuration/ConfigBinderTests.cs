using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Training.Config;
using Kelvin.Networks;

namespace Kelvin.Cli.Tests.Configuration;

public sealed class ConfigBinderTests
{
    [Fact]
    public void What_is_given_is_read_and_what_is_not_has_its_default()
    {
        BoundConfig<TrainConfig> bound = Bind("""
            data:
              source: digits
              split: { train: 0.5, validation: 0.25, test: 0.25 }
            network:
              activation: relu
              hidden: 64
            training:
              seeds: [3, 1, 2]
              batch_size:
            """);

        Assert.Equal("digits", bound.Value.Data.Source);
        Assert.Equal(0.25, bound.Value.Data.Split.Test);
        Assert.Equal(HiddenActivation.Relu, bound.Value.Network.Activation);
        Assert.Equal(64, bound.Value.Network.Hidden);
        Assert.Equal([3, 1, 2], bound.Value.Training.Seeds);
        Assert.Null(bound.Value.Training.BatchSize);
        Assert.Equal(0.01, bound.Value.Optimiser.LearningRate);
        Assert.Equal("run.yaml:6:3", bound.Place("network.hidden"));
        Assert.Equal("run.yaml:4:1", bound.Place("network.temperature"));
    }

    [Theory]
    [InlineData("data: {source: digits}\nnetwork:\n  activaton: relu\n", "run.yaml:3:3: there is no key 'activaton' in network.", "Did you mean activation? Allowed here: activation, hidden,")]
    [InlineData("dta: {source: digits}\n", "run.yaml:1:1: there is no key 'dta' at the top of the file.", "Did you mean data?")]
    [InlineData("data: {source: digits}\nnetwork: {zzz: 1}\n", "run.yaml:2:11: there is no key 'zzz' in network.", "Allowed here: activation,")]
    [InlineData("data: {source: digits}\nnetwork: {hidden: many}\n", "run.yaml:2:19: network.hidden is many, but must be a whole number from 1 to 1000000.", "Number of hidden units")]
    [InlineData("data: {source: digits}\nnetwork: {hidden: \"64\"}\n", "run.yaml:2:19: network.hidden is the text \"64\", but must be a whole number", "")]
    [InlineData("data: {source: digits}\nnetwork: {hidden: 0}\n", "run.yaml:2:19: network.hidden is 0, but must be a whole number from 1 to 1000000.", "")]
    [InlineData("data: {source: digits}\nnetwork: {hidden: 6.5}\n", "run.yaml:2:19: network.hidden is 6.5, but must be a whole number", "")]
    [InlineData("data: {source: digits}\nnetwork: {temperature: -1}\n", "run.yaml:2:24: network.temperature is -1, but must be a number above 0.", "")]
    [InlineData("data: {source: digits}\nnetwork: {temperature: .nan}\n", "run.yaml:2:24: network.temperature is .nan, but must be a number above 0.", "")]
    [InlineData("data: {source: digits}\nnetwork: {activation: softmx}\n", "run.yaml:2:23: network.activation is softmx, but must be one of softmax, exp, relu, gelu.", "Did you mean softmax?")]
    [InlineData("data: {source: digits}\nnetwork: {bias: yes}\n", "run.yaml:2:17: network.bias is yes, but must be true or false.", "")]
    [InlineData("data: {source: digits}\nnetwork: 7\n", "run.yaml:2:10: network is 7, but must be a section of keys and values.", "")]
    [InlineData("data: {source: digits}\nnetwork: [7]\n", "run.yaml:2:10: network is a list, but must be a section of keys and values.", "")]
    [InlineData("data: {source: digits}\nnetwork:\n  hidden:\n", "run.yaml:3:10: network.hidden is empty, but must be a whole number", "")]
    [InlineData("data: {source: digits}\ntraining: {seeds: []}\n", "run.yaml:2:19: training.seeds is empty, but must hold at least one value.", "")]
    [InlineData("data: {source: digits}\ntraining: {seeds: [1, x]}\n", "run.yaml:2:23: training.seeds is x, but must be a list, each a whole number of at least 0.", "")]
    [InlineData("data: {source: digits}\ntraining: {seeds: [1, 1]}\n", "run.yaml:2:12: training.seeds holds 1 twice", "Keep each seed once.")]
    [InlineData("network: {hidden: 8}\n", "run.yaml:1:1: the key data is missing.", "Add `data:`")]
    [InlineData("data: {scaling: none}\n", "run.yaml:1:7: the key data.source is missing.", "Add `source:`")]
    [InlineData("data:\n  source: iris\n  split: {train: 0.9}\n", "run.yaml:3:11: the shares train, validation and test add up to 1.3, but must add up to 1.", "For example")]
    [InlineData("data: {source: iris}\nnetwork: {hidden: 5, symmetric_start: true}\n", "run.yaml:2:11: network.hidden is 5, but must be even for symmetric_start.", "Take 6.")]
    [InlineData("data: {source: iris}\ndata: {source: wine}\n", "run.yaml:2:1: the key data is given twice.", "Keep one of the two.")]
    [InlineData("data: {source: iris\n", "run.yaml:2:1: this is not valid YAML", "close every bracket")]
    [InlineData("data:\n\tsource: iris\n", "run.yaml:2:1: a tab indents this line", "Indent with spaces")]
    [InlineData("- 1\n- 2\n", "run.yaml:1:1: this is not a mapping of keys to values.", "Start with a key")]
    [InlineData("", "run.yaml is empty", "samples/train")]
    [InlineData("data: {source: iris}\n---\ndata: {source: wine}\n", "run.yaml holds 2 documents, but must hold one.", "---")]
    public void What_is_wrong_is_refused_with_its_place_and_a_remedy(string yaml, string message, string hint)
    {
        UsageException refused = Assert.Throws<UsageException>(() => Bind(yaml));

        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains(hint, refused.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_thousand_nested_brackets_are_refused_and_do_not_end_the_process()
    {
        string yaml = "data: " + new string('[', 1000) + new string(']', 1000) + "\n";

        UsageException refused = Assert.Throws<UsageException>(() => Bind(yaml));

        Assert.Contains("nested deeper than 32 levels", refused.Message, StringComparison.Ordinal);
    }

    private static BoundConfig<TrainConfig> Bind(string yaml) =>
        ConfigBinder.Bind<TrainConfig>(YamlFile.Parse(yaml, "run.yaml"), "run.yaml");
}
