using System.Runtime.CompilerServices;
using Kelvin.Transformers.Generation;
using Kelvin.Transformers.Inference;
using Kelvin.Transformers.Tokenizers;
using Microsoft.Extensions.AI;

namespace Kelvin.Chat;

/// <summary>A model in this process as an <see cref="IChatClient"/>: whatever speaks to an endpoint can speak to it.</summary>
/// <remarks>
/// <para>Temperature, top-p, top-k, seed, stop sequences and the largest number of tokens mean what they mean everywhere; <see cref="ChatFields"/> names the rest.
/// Without a temperature it is 1. Tools, JSON formats and frequency penalties are refused, not passed over.</para>
/// <para>Calls at the same time share one <see cref="GenerationBatch"/>, so that n of them cost little more than one; each gets the tokens it would get alone, up to
/// the rounding of logits. A call that is cancelled leaves the batch.</para>
/// <para>Each update's <see cref="ChatResponseUpdate.RawRepresentation"/> is the <see cref="GeneratedSequence"/>, with the vitals of every token.</para>
/// </remarks>
public sealed class ModelChatClient : IChatClient
{
    private readonly GenerationBatch _batch;
    private readonly Tokenizer _tokenizer;
    private readonly ChatPrompt _prompt;
    private readonly ChatClientMetadata _metadata;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private int _calls;

    /// <summary>Wraps a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">The tokenizer that belongs to it.</param>
    /// <param name="name">What responses call the model.</param>
    /// <param name="prompt">Turns a conversation into a prompt; <see cref="ChatPrompts.Plain"/> if null.</param>
    /// <param name="threads">Threads to compute on.</param>
    /// <exception cref="ArgumentException">threads is below 1, or the tokenizer does not belong to the model.</exception>
    public ModelChatClient(LanguageModel model, Tokenizer tokenizer, string name, ChatPrompt? prompt = null, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentException.ThrowIfNullOrEmpty(name);
        _batch = new GenerationBatch(model, tokenizer, threads);
        (_tokenizer, _prompt) = (tokenizer, prompt ?? ChatPrompts.Plain);
        _metadata = new ChatClientMetadata("kelvin", defaultModelId: name);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option asks for what this client cannot do.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or the prompt does not fit the context.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
            updates.Add(update);
        ChatResponse response = updates.ToChatResponse();
        response.RawRepresentation = updates[^1].RawRepresentation;
        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option asks for what this client cannot do.</exception>
    /// <exception cref="ArgumentException">An option is out of its range, or the prompt does not fit the context.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] conversation = [.. Instructions(options), .. messages];
        GenerationRequest request = ChatRequest.Of(_tokenizer.Encode(_prompt(conversation)), options, Seed(options));
        string id = Guid.NewGuid().ToString("N");
        GeneratedSequence sequence = await InTurnAsync(() => _batch.Add(request), cancellationToken).ConfigureAwait(false);
        int shown = 0;
        try
        {
            while (sequence.Finish == FinishReason.None)
            {
                string text = await InTurnAsync(() => Grow(sequence, shown), cancellationToken).ConfigureAwait(false);
                if (text.Length > 0)
                    yield return Update(id, sequence, new TextContent(text));
                shown += text.Length;
            }
        }
        finally
        {
            if (sequence.Finish == FinishReason.None)
                await InTurnAsync(() => _batch.Remove(sequence), CancellationToken.None).ConfigureAwait(false);
        }

        yield return End(id, sequence, sequence.Text[shown..]);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType == typeof(ChatClientMetadata) ? _metadata : serviceType.IsInstanceOfType(this) ? this : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Steps the batch unless another call has done so since this one looked last, and gives the text that came.</summary>
    private string Grow(GeneratedSequence sequence, int shown)
    {
        string text = sequence.Text;
        if (sequence.Finish == FinishReason.None && text.Length == shown)
        {
            _batch.Step();
            text = sequence.Text;
        }

        return text[shown..];
    }

    private async Task<T> InTurnAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The seed given, or another one for each call.</summary>
    private int Seed(ChatOptions? options) => options?.Seed is long seed ? unchecked((int)(seed ^ (seed >> 32))) : Interlocked.Increment(ref _calls);

    private static IEnumerable<ChatMessage> Instructions(ChatOptions? options) =>
        string.IsNullOrEmpty(options?.Instructions) ? [] : [new ChatMessage(ChatRole.System, options.Instructions)];

    private ChatResponseUpdate End(string id, GeneratedSequence sequence, string rest)
    {
        var usage = new UsageDetails
        {
            InputTokenCount = sequence.Request.Prompt.Length,
            OutputTokenCount = sequence.Tokens.Count,
            TotalTokenCount = sequence.Request.Prompt.Length + sequence.Tokens.Count,
        };
        AIContent[] contents = rest.Length > 0 ? [new TextContent(rest), new UsageContent(usage)] : [new UsageContent(usage)];
        ChatResponseUpdate update = Update(id, sequence, contents);
        update.FinishReason = sequence.Finish switch
        {
            FinishReason.MostTokens or FinishReason.ContextFull => ChatFinishReason.Length,
            FinishReason.NoDistribution => new ChatFinishReason("no_distribution"),
            _ => ChatFinishReason.Stop,
        };
        return update;
    }

    private ChatResponseUpdate Update(string id, GeneratedSequence sequence, params AIContent[] contents) => new(ChatRole.Assistant, contents)
    {
        ResponseId = id,
        MessageId = id,
        ModelId = _metadata.DefaultModelId,
        RawRepresentation = sequence,
    };
}
