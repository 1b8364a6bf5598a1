using CsCheck;
using Kelvin.Linear;
using Kelvin.Tests.Transformers.Models;
using Kelvin.Transformers.Checkpoints;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Models;

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
