using Kelvin.Transformers.Decoding;
using Kelvin.Transformers.Generation;
using Microsoft.Extensions.AI;

namespace Kelvin.Chat.Tests;

public sealed class ModelChatClientTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "abc")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_is_what_the_decoder_generates_after_the_same_prompt()
    {
        using ModelChatClient client = Client();
        var options = new ChatOptions { Temperature = 0.7f, TopK = 5, TopP = 0.9f, Seed = 12, MaxOutputTokens = 20 };

        ChatResponse response = await client.GetResponseAsync(Hello, options, Cancelled);

        var batch = new GenerationBatch(RandomModel.Model, RandomModel.Tokenizer);
        GeneratedSequence expected = batch.Add(new GenerationRequest
        {
            Prompt = RandomModel.Tokenizer.Encode("abc"),
            Policy = new FixedTemperature(0.7),
            Sampling = new SamplingOptions { TopK = 5, TopP = 0.9, Seed = 12 },
            MostTokens = 20,
        });
        batch.Run(Cancelled);
        Assert.Equal(expected.Text, response.Text);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
        Assert.Equal("letters", response.ModelId);
        Assert.Equal((3, 20, 23), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(20, Assert.IsType<GeneratedSequence>(response.RawRepresentation).Tokens.Count);
    }

    [Fact]
    public async Task The_pieces_of_a_stream_are_the_whole_answer()
    {
        using ModelChatClient client = Client();
        var options = new ChatOptions { Seed = 3, StopSequences = ["ab", "ha"], MaxOutputTokens = 40 };

        List<ChatResponseUpdate> updates = await client.GetStreamingResponseAsync(Hello, options, Cancelled).ToListAsync(Cancelled);
        ChatResponse whole = await client.GetResponseAsync(Hello, options, Cancelled);

        Assert.Equal(whole.Text, string.Concat(updates.Select(update => update.Text)));
        Assert.True(updates.Count > 3);
        Assert.DoesNotContain("ab", whole.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_at_the_same_time_get_the_answers_that_they_get_alone()
    {
        using ModelChatClient client = Client();
        ChatOptions[] options = [.. Enumerable.Range(0, 12).Select(i => new ChatOptions { Seed = i, MaxOutputTokens = 5 + (i * 3), Temperature = i % 3 })];

        string[] alone = new string[options.Length];
        for (int i = 0; i < alone.Length; i++)
            alone[i] = (await client.GetResponseAsync(Hello, options[i], Cancelled)).Text;
        ChatResponse[] together = await Task.WhenAll(options.Select(option => client.GetResponseAsync(Hello, option, Cancelled)));

        Assert.Equal(alone, together.Select(response => response.Text), StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_target_entropy_is_the_entropy_of_every_token_that_can_have_it()
    {
        using ModelChatClient client = Client();
        var options = new ChatOptions { Seed = 1, MaxOutputTokens = 40, AdditionalProperties = new() { [ChatFields.TargetEntropy] = 1.2 } };

        ChatResponse response = await client.GetResponseAsync(Hello, options, Cancelled);

        GeneratedToken[] reached = [.. Sequence(response).Tokens.Where(token => token.Sampled.Choice.IsReached)];
        Assert.NotEmpty(reached);
        Assert.All(reached, token => Assert.Equal(1.2, token.Sampled.ScaledEntropy, 1e-3));
    }

    [Fact]
    public async Task Instructions_come_before_the_messages_and_a_policy_may_be_ones_own()
    {
        using ModelChatClient client = Client();
        var options = new ChatOptions
        {
            Instructions = "gg",
            MaxOutputTokens = 4,
            AdditionalProperties = new() { [ChatFields.TemperaturePolicy] = new RuleTemperature((in CandidateRow row) => row.Position) },
        };

        ChatResponse response = await client.GetResponseAsync([.. Hello, new ChatMessage(ChatRole.Assistant, "h"), new ChatMessage(ChatRole.User, "e")], options, Cancelled);

        Assert.Equal(RandomModel.Tokenizer.Encode("gg\nabc\nh\ne"), Sequence(response).Request.Prompt.ToArray());
        Assert.Equal([0, 1, 2, 3], Sequence(response).Tokens.Select(token => token.Sampled.Choice.Temperature));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_leaves_the_others_alone()
    {
        using ModelChatClient client = Client();
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(Hello, new ChatOptions { Seed = 1 }, source.Token))
                await source.CancelAsync();
        });

        var options = new ChatOptions { Seed = 4, MaxOutputTokens = 9 };
        using ModelChatClient fresh = Client();
        Assert.Equal((await fresh.GetResponseAsync(Hello, options, Cancelled)).Text, (await client.GetResponseAsync(Hello, options, Cancelled)).Text);
    }

    [Fact]
    public async Task What_it_cannot_do_is_refused_and_not_passed_over()
    {
        using ModelChatClient client = Client();
        await Refuses<NotSupportedException>(client, new ChatOptions { Tools = [new HostedWebSearchTool()] }, "Tools");
        await Refuses<NotSupportedException>(client, new ChatOptions { ResponseFormat = ChatResponseFormat.Json }, "JSON");
        await Refuses<NotSupportedException>(client, new ChatOptions { PresencePenalty = 0.5f }, "penalties");
        await Refuses<ArgumentException>(client, new ChatOptions { Temperature = -1 }, "must be from 0");
        await Refuses<ArgumentException>(client, new ChatOptions { TopP = 2 }, "TopP");
        await Refuses<ArgumentException>(client, new ChatOptions { Temperature = 1, AdditionalProperties = new() { [ChatFields.TargetEntropy] = 1 } }, "only one can decide");
        await Refuses<ArgumentException>(client, new ChatOptions { AdditionalProperties = new() { [ChatFields.MinP] = "much" } }, "min_p");

        ChatMessage[] picture = [new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])];
        Exception refused = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(picture, null, Cancelled));
        Assert.Contains("DataContent", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_who_it_is()
    {
        using ModelChatClient client = Client();

        Assert.Equal("letters", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(client, client.GetService<ModelChatClient>());
        Assert.Null(client.GetService<string>());
    }

    private static async Task Refuses<TException>(ModelChatClient client, ChatOptions options, string part)
        where TException : Exception
    {
        Exception refused = await Assert.ThrowsAnyAsync<TException>(() => client.GetResponseAsync(Hello, options, Cancelled));
        Assert.Contains(part, refused.Message, StringComparison.Ordinal);
    }

    private static GeneratedSequence Sequence(ChatResponse response) => Assert.IsType<GeneratedSequence>(response.RawRepresentation);

    private static ModelChatClient Client() => new(RandomModel.Model, RandomModel.Tokenizer, "letters");
}
