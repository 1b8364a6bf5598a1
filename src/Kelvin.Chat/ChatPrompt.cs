using Microsoft.Extensions.AI;

namespace Kelvin.Chat;

/// <summary>Turns a conversation into the text that a model goes on from.</summary>
/// <param name="messages">The messages, oldest first; those of <see cref="ChatOptions.Instructions"/> among them.</param>
/// <returns>The prompt, special tokens spelt as the model's vocabulary has them.</returns>
public delegate string ChatPrompt(IReadOnlyList<ChatMessage> messages);
