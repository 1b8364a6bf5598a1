using Microsoft.Extensions.AI;

namespace Kelvin.Chat;

/// <summary>Ready-made ways to turn a conversation into a prompt.</summary>
public static class ChatPrompts
{
    /// <summary>The texts as they are, a line end between two messages: for models that were trained to go on with a text.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <exception cref="NotSupportedException">A message holds something else than text.</exception>
    public static string Plain(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return string.Join('\n', messages.Select(TextOf));
    }

    private static string TextOf(ChatMessage message) => message.Contents.FirstOrDefault(content => content is not TextContent) is { } other
        ? throw new NotSupportedException($"A message of the {message.Role} holds {other.GetType().Name}, but this model reads text alone; leave it out.")
        : message.Text;
}
