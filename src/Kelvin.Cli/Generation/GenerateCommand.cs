using System.CommandLine;
using Kelvin.Cli.Configuration;
using Kelvin.Cli.Frame;
using Kelvin.Cli.Models;
using Kelvin.Reports;
using Kelvin.Transformers.Weights;

namespace Kelvin.Cli.Generation;

/// <summary><c>kelvin generate</c>: goes on from a prompt at a temperature that is fixed, follows the model, or holds an entropy.</summary>
internal sealed class GenerateCommand : KelvinCommand
{
    private const int DefaultTokens = 128;
    private const int Alternatives = 3;

    private readonly Option<string> _model = new("--model")
    {
        HelpName = "PATH",
        Description = $"Folder of a model: config.json, safetensors, tokenizer.json; or {BuiltInModels.Tiny}.",
        DefaultValueFactory = _ => BuiltInModels.Tiny,
    };

    private readonly Option<string[]> _prompts = new("--prompt") { HelpName = "TEXT", Description = "Text to go on from. May be repeated." };
    private readonly Option<string?> _promptFile = Flags.Text("--prompt-file", "FILE", "Take the prompt from a file.");
    private readonly Option<string[]> _tokens = new("--tokens") { HelpName = "IDS", Description = "The prompt as token ids: 1,2,3. May be repeated." };
    private readonly Option<int?> _maxTokens = Flags.WholeNumber("--max-tokens", $"Most tokens of an answer. [default: {DefaultTokens}]", 1);
    private readonly Option<int?> _samples = Flags.WholeNumber("--samples", "Answers to each prompt, each with its own seed. [default: 1]", 1, 100_000);
    private readonly PolicyFlags _policy = new();
    private readonly CandidateFlags _candidates = new();
    private readonly Option<string[]> _stops = new("--stop") { HelpName = "TEXT", Description = "End before this text. May be repeated." };
    private readonly Option<bool> _goesOn = new("--ignore-end") { Description = "Go on after a token that ends the text." };
    private readonly Option<WeightFormat> _weights = new("--weights") { HelpName = "F32|BF16|F16|I8", Description = "How to keep the weights in memory.", DefaultValueFactory = _ => WeightFormat.F32 };
    private readonly Option<bool> _compare = new("--compare") { Description = "Generate again at T = 1 and at the fixed temperature of equal mean entropy." };
    private readonly Option<bool> _vitals = new("--vitals") { Description = "Show every token, not only the first." };
    private readonly Option<bool> _json = Flags.Json();
    private readonly Option<string?> _html = Flags.Text("--html", "FILE", "Write a report as a self-contained page.");

    public GenerateCommand(CliHost host)
        : base(
            host,
            "generate",
            "Generate text with a model and see the softmax behind every token.",
            new CommandExample("kelvin generate --prompt \"sort(kelvin)=\"", "Asks the built-in model at T = 1 and shows the vitals of each token."),
            new CommandExample("kelvin generate --prompt \"Order kelvin:\" --target-entropy 0.5 --compare", "Holds the entropy, and compares with a fixed temperature."),
            new CommandExample("kelvin generate --model my-llama --prompt Once --samples 20", "Twenty answers of a model of your own, each with its own seed."))
    {
        foreach (Option option in (Option[])
            [
                _model, _prompts, _promptFile, _tokens, _maxTokens, _samples, .. _policy.All, .. _candidates.All, _stops, _goesOn, _weights, _compare, _vitals,
                Settings.Seed.CreateOption(), Settings.Threads.CreateOption(), _json, _html,
            ])
        {
            Options.Add(option);
        }
    }

    protected override Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        bool isJson = arguments.GetValue(_json);
        string? html = arguments.GetValue(_html);
        GenerationPlan plan = Plan(arguments);
        if (html is not null)
            AtomicFile.CheckWritable(Host.FullPath(html), html);

        bool isLone = plan.Prompts.Count * plan.Samples == 1 && !isJson && plan.Model.Tokenizer is not null;
        if (isLone)
            Host.Output.Write(plan.Prompts[0].Text);
        GenerationResult result = GenerationRun.Run(Host, plan, isLone ? Show : null, cancellationToken);
        if (arguments.GetValue(_compare))
            result = result with { Comparison = PolicyComparison.Of(Host, result, cancellationToken) };

        if (html is not null)
            AtomicFile.WriteText(Host.FullPath(html), HtmlReport.Render(GenerationPage.Of(result)));
        if (isJson)
            JsonOutput.Print(Host, GenerationDocument.Of(result));
        else
            GenerationText.Write(Host, result, isLone, arguments.GetValue(_vitals));
        return Task.FromResult(ExitCode.Good);
    }

    private void Show(string text)
    {
        Host.Output.Write(text);
        Host.Output.Flush();
    }

    private GenerationPlan Plan(ParseResult arguments)
    {
        SettingsFile settings = SettingsFile.Read(Host);
        PolicyChoice policy = _policy.Read(arguments);
        Func<ModelFolder, GenerationPrompt>[] prompts = [.. Prompts(arguments)];
        if (prompts.Length == 0)
            throw new UsageException("There is no prompt.", "Give --prompt TEXT, --prompt-file FILE or --tokens 1,2,3.");

        string[] stops = arguments.GetValue(_stops) ?? [];
        if (stops.Contains("", StringComparer.Ordinal))
            throw new UsageException("--stop is empty and would stop before the first token.", "Leave it out.");

        ModelFolder model = ModelFolder.Open(Host, arguments.GetValue(_model)!, arguments.GetValue(_weights));
        if (stops.Length > 0 && model.Tokenizer is null)
            throw new UsageException($"--stop needs text, but {model.Name} has no tokenizer.json.", "Give --max-tokens instead.");
        return new GenerationPlan
        {
            Model = model,
            Prompts = [.. prompts.Select(prompt => prompt(model))],
            Policy = policy,
            Sampling = _candidates.Read(arguments, Settings.Seed.Resolve(arguments, Host, settings).Value),
            Samples = arguments.GetValue(_samples) ?? 1,
            MostTokens = arguments.GetValue(_maxTokens) ?? DefaultTokens,
            Stops = stops,
            StopsAtEndToken = !arguments.GetValue(_goesOn),
            Alternatives = Alternatives,
            Threads = Settings.Threads.Resolve(arguments, Host, settings).Value,
        };
    }

    private IEnumerable<Func<ModelFolder, GenerationPrompt>> Prompts(ParseResult arguments)
    {
        foreach (string text in arguments.GetValue(_prompts) ?? [])
            yield return model => GenerationPrompt.OfText(model, text);
        if (arguments.GetValue(_promptFile) is { } path)
        {
            using FileStream file = InputFile.Open(Host, path, "the prompt");
            using var reader = new StreamReader(file);
            string text = reader.ReadToEnd();
            yield return model => GenerationPrompt.OfText(model, text);
        }

        foreach (string ids in arguments.GetValue(_tokens) ?? [])
            yield return model => GenerationPrompt.OfTokens(model, ids);
    }
}
