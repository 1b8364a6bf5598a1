using Kelvin.Inspection.Inputs;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Kelvin.Inspection.Onnx;

/// <summary>A model loaded into ONNX Runtime, on the CPU, as it is written: no optimisation, so that no softmax is fused away.</summary>
internal sealed class ModelSession : IDisposable
{
    private const string WeightsFolder = "session.model_external_initializers_file_folder_path";
    private readonly OnnxFile _file;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly Dictionary<string, OrtValue> _inputs = new(StringComparer.Ordinal);

    /// <summary>Loads a model with its probes.</summary>
    public ModelSession(OnnxFile file, IReadOnlyList<SiteProbe> probes, int threads)
    {
        _file = file;
        OrtEnv.Instance().EnvLogLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL;   // what goes wrong is told once, by Kelvin
        _options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_DISABLE_ALL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        _options.AddSessionConfigEntry(WeightsFolder, file.Folder);
        try
        {
            _session = new InferenceSession(ProbedModel.Of(file, probes), _options);
        }
        catch (OnnxRuntimeException refused)
        {
            _options.Dispose();
            throw RuntimeFailure.OfLoading(refused, file);
        }
    }

    /// <summary>Says what the following runs are fed.</summary>
    public void Feed(IReadOnlyList<InputTensor> inputs)
    {
        foreach (InputTensor input in inputs)
        {
            OrtValue value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)input.Type, [.. input.Shape]);
            _inputs.Add(input.Name, value);
            input.Bytes.Span.CopyTo(value.GetTensorMutableRawData());
        }
    }

    /// <summary>Runs the model and hands out some tensors; the caller disposes of them.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyCollection<string> tensors, CancellationToken cancellationToken)
    {
        using var options = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        using CancellationTokenRegistration stop = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            return _session.Run(options, _inputs, tensors);
        }
        catch (OnnxRuntimeException refused)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw RuntimeFailure.OfRunning(refused, _file);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OrtValue value in _inputs.Values)
            value.Dispose();
        _session.Dispose();
        _options.Dispose();
    }
}
