namespace Kelvin.Transformers.Rotary;

/// <summary>Which two numbers of a head are turned together.</summary>
public enum RotaryLayout
{
    /// <summary>Number i with number i + r/2, r being how many are turned: Llama in Hugging Face's layout ("rotate half").</summary>
    Halves,

    /// <summary>Number 2i with number 2i + 1: GPT-J, and Llama as it was first published.</summary>
    Interleaved,
}
