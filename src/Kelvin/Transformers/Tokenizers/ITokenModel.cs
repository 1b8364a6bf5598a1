namespace Kelvin.Transformers.Tokenizers;

/// <summary>Turns a piece of text into tokens of its vocabulary.</summary>
internal interface ITokenModel
{
    /// <summary>Every token with its id.</summary>
    IReadOnlyDictionary<string, int> Vocabulary { get; }

    /// <summary>Adds the ids of a piece.</summary>
    /// <exception cref="ArgumentException">The vocabulary cannot spell a character and has no token for unknown ones.</exception>
    void Encode(string piece, List<int> ids);
}
