using System.Text.Json;
using System.Text.Unicode;

namespace Kelvin.Transformers.Checkpoints;

/// <summary>A whole JSON file as a tree: strict, no key twice, one object.</summary>
internal static class JsonFile
{
    private const int DeepestNesting = 64;

    private static ReadOnlySpan<byte> ByteOrderMark => [0xef, 0xbb, 0xbf];

    /// <summary>The document, whose root is an object.</summary>
    /// <exception cref="ModelFileException">It is no valid JSON, holds a key twice, or is no object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json, string file)
    {
        if (json.Span.StartsWith(ByteOrderMark))
            json = json[ByteOrderMark.Length..];
        if (!Utf8.IsValid(json.Span))
            throw new ModelFileException(file, null, "The file is not valid UTF-8.", "Fetch or write the file again.");
        try
        {
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (JsonException fault)
        {
            throw JsonFault.Of(file, "The file", fault, json.Span);
        }
        catch (InvalidOperationException fault)   // an escape that is half a surrogate pair
        {
            throw new ModelFileException(file, null, "The file holds text that is not valid Unicode.", "Fetch or write the file again.", fault);
        }

        throw new ModelFileException(file, null, "The file is not a JSON object.", "Check that it is the right file.");
    }
}
