using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Transformers.Blocks;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;
using Kelvin.Transformers.Rotary;

namespace Kelvin.Tests.Transformers.Inference;

public sealed class TrainedModelTests
{
    [Fact]
    public void Training_prompts_and_single_tokens_compute_the_model_written_out() => ModelCases.Any.Sample(
        c =>
        {
            int[] tokens = c.Tokens[..c.Length];
            double[][] expected = new SlowTransformer(c.Model, new Remedies()).Logits(tokens);
            LanguageModel model = LanguageModel.Load(c.Model.AsWeightSource());
            MatrixView<float> prompt = MatrixView.Allocate<float>(c.Length, c.Config.VocabularySize), steps = MatrixView.Allocate<float>(c.Length, c.Config.VocabularySize);
            MatrixView<double> trained = MatrixView.Allocate<double>(c.Length, c.Config.VocabularySize);

            c.Model.Forward(tokens, c.Length, trained, c.Workspace());
            new InferencePass(model).Forward(new SequenceChunk(new KeyValueCache(c.Config), tokens), LogitRows.All, prompt);
            var pass = new InferencePass(model, threads: 2);
            var cache = new KeyValueCache(c.Config);
            for (int i = 0; i < c.Length; i++)
                pass.Forward(new SequenceChunk(cache, tokens.AsMemory(i, 1)), LogitRows.Last, steps.RowRange(i, 1));

            for (int i = 0; i < c.Length; i++)
            {
                for (int token = 0; token < c.Config.VocabularySize; token++)
                {
                    double scale = 1 + expected[i].Max(Math.Abs);
                    Assert.Equal(expected[i][token], trained[i, token], 1e-11 * scale);
                    Assert.Equal(expected[i][token], prompt[i, token], 2e-5 * scale);
                    Assert.Equal(expected[i][token], steps[i, token], 2e-5 * scale);
                }
            }
        },
        iter: 100,
        threads: 1);

    [Fact]
    public void With_dynamic_scaling_the_length_of_a_sequence_sets_the_angles_in_training_as_in_a_prompt()
    {
        TransformerConfig config = TinyModels.Llama() with { Rotary = new RotaryConfig { Theta = 100, Scaling = RotaryScaling.Dynamic, Factor = 3, OriginalContext = 2 } };
        TransformerModel<double> trainable = TransformerModel.Create<double>(config, 1);
        new BlockCase(1).Vector(trainable.Layout.Total, 0.6).CopyTo(trainable.Parameters);
        LanguageModel model = LanguageModel.Load(trainable.AsWeightSource());
        var workspace = new TransformerWorkspace<double>(config, 6);
        foreach (int length in (int[])[1, 6, 4, 2])
        {
            int[] tokens = [.. Enumerable.Range(0, length)];
            MatrixView<double> trained = MatrixView.Allocate<double>(length, config.VocabularySize);
            MatrixView<float> prompt = MatrixView.Allocate<float>(length, config.VocabularySize);

            trainable.Forward(tokens, length, trained, workspace);
            new InferencePass(model).Forward(new SequenceChunk(new KeyValueCache(config), tokens), LogitRows.All, prompt);

            for (int i = 0; i < trained.Span.Length; i++)
                Assert.Equal(trained.Span[i], prompt.Span[i], 1e-5);
        }
    }

    [Fact]
    public void A_written_checkpoint_holds_the_sinks_and_what_attention_does() => ModelCases.Any.Sample(
        c =>
        {
            string folder = Directory.CreateTempSubdirectory("kelvin-").FullName;
            try
            {
                using (FileStream config = File.Create(Path.Combine(folder, "config.json")))
                    ConfigFile.Write(config, c.Config);
                using (FileStream weights = File.Create(Path.Combine(folder, "model.safetensors")))
                    TransformerWriter.Write(weights, c.Model.AsWeightSource());
                using var read = TransformerCheckpoint.Open(folder);

                Assert.Equal(c.Config, read.Config with { EndTokens = c.Config.EndTokens, Rotary = c.Config.Rotary });
                TransformerModel<double> model = TransformerModel.Load<double>(read);
                for (int i = 0; i < c.Model.Layout.Total; i++)
                    Assert.Equal((float)c.Model.Parameters.Span[i], model.Parameters.Span[i]);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        },
        iter: 30,
        threads: 1);
}
