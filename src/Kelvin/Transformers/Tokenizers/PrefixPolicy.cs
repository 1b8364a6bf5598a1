namespace Kelvin.Transformers.Tokenizers;

/// <summary>Where <see cref="MetaspaceStep"/> puts its mark though the text has no space.</summary>
internal enum PrefixPolicy
{
    Always,
    First,
    Never,
}
