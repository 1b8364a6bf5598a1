using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kelvin.Bench.Transformers.LlamaCpp;

/// <summary>The few functions of llama.cpp's C interface that a benchmark needs, from the libraries that bench/peers installs.</summary>
/// <remarks>
/// Parameter structures differ from release to release, so they are opaque here: larger than any, filled by the library's own defaults and handed back. Only
/// their first field, the context's length, is set.
/// </remarks>
internal static partial class LlamaCppLibrary
{
    /// <summary>Names the folder with libllama and libggml; without it there is nothing to compare with.</summary>
    public const string Variable = "KELVIN_LLAMA_CPP";

    private const string Llama = "llama-cpp";
    private const string Ggml = "ggml-of-llama-cpp";

    private static readonly Lazy<bool> Loaded = new(Load);

    /// <summary>The folder of the libraries, or null.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Opens a model and a context of it.</summary>
    public static nint Open(string file, int context, int threads)
    {
        _ = Loaded.Value;
        nint model = ModelLoadFromFile(file, ModelDefaultParams());
        if (model == 0)
            throw new InvalidOperationException($"llama.cpp does not load {file}.");
        Parameters parameters = ContextDefaultParams();
        parameters[0] = context;
        nint opened = InitFromModel(model, parameters);
        SetThreads(opened, threads, threads);
        return opened;
    }

    /// <summary>Runs tokens of one sequence.</summary>
    public static unsafe void Decode(nint context, ReadOnlySpan<int> tokens)
    {
        fixed (int* first = tokens)
        {
            int code = Decode(context, BatchOfOne(first, tokens.Length));
            if (code != 0)
                throw new InvalidOperationException($"llama_decode gave {code}.");
        }
    }

    /// <summary>Forgets the tokens of the sequence from a position on.</summary>
    public static void Truncate(nint context, int length) => RemoveFrom(Memory(context), 0, length, -1);

    /// <summary>The logits of the last token.</summary>
    public static unsafe ReadOnlySpan<float> LastLogits(nint context, int vocabulary) => new(Logits(context, -1), vocabulary);

    private static bool Load()
    {
        string folder = Folder ?? throw new InvalidOperationException($"Set {Variable} to the folder of llama.cpp's libraries; bench/peers/README.md says how.");
        var handles = new Dictionary<string, nint>(StringComparer.Ordinal) { [Ggml] = LoadOne(folder, "libggml.*"), [Llama] = LoadOne(folder, "libllama.*") };
        NativeLibrary.SetDllImportResolver(typeof(LlamaCppLibrary).Assembly, (name, _, _) => handles.GetValueOrDefault(name));
        LoadBackends(folder);
        LogTo(LogNothing(), 0);
        return true;
    }

    private static nint LoadOne(string folder, string pattern) =>
        NativeLibrary.Load(Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal).First(file => file.Contains(".so", StringComparison.Ordinal) || file.Contains(".dylib", StringComparison.Ordinal)));

    private static unsafe nint LogNothing() => (nint)(delegate* unmanaged[Cdecl]<int, nint, nint, void>)&Ignore;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Ignore(int level, nint text, nint data)
    {
    }

    [LibraryImport(Ggml, EntryPoint = "ggml_backend_load_all_from_path", StringMarshalling = StringMarshalling.Utf8)]
    private static partial void LoadBackends(string folder);

    [LibraryImport(Llama, EntryPoint = "llama_log_set")]
    private static partial void LogTo(nint callback, nint data);

    [LibraryImport(Llama, EntryPoint = "llama_model_default_params")]
    private static partial Parameters ModelDefaultParams();

    [LibraryImport(Llama, EntryPoint = "llama_context_default_params")]
    private static partial Parameters ContextDefaultParams();

    [LibraryImport(Llama, EntryPoint = "llama_model_load_from_file", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ModelLoadFromFile(string file, Parameters parameters);

    [LibraryImport(Llama, EntryPoint = "llama_init_from_model")]
    private static partial nint InitFromModel(nint model, Parameters parameters);

    [LibraryImport(Llama, EntryPoint = "llama_set_n_threads")]
    private static partial void SetThreads(nint context, int threads, int batchThreads);

    [LibraryImport(Llama, EntryPoint = "llama_batch_get_one")]
    private static unsafe partial Batch BatchOfOne(int* tokens, int count);

    [LibraryImport(Llama, EntryPoint = "llama_decode")]
    private static partial int Decode(nint context, Batch batch);

    [LibraryImport(Llama, EntryPoint = "llama_get_logits_ith")]
    private static unsafe partial float* Logits(nint context, int index);

    [LibraryImport(Llama, EntryPoint = "llama_get_memory")]
    private static partial nint Memory(nint context);

    [LibraryImport(Llama, EntryPoint = "llama_memory_seq_rm")]
    private static partial byte RemoveFrom(nint memory, int sequence, int from, int to);

    /// <summary>512 bytes: more than any release's structure of parameters.</summary>
    [InlineArray(128)]
    private struct Parameters
    {
        private int _first;
    }

    /// <summary>llama_batch: a count and six pointers.</summary>
    [InlineArray(7)]
    private struct Batch
    {
        private long _first;
    }
}
