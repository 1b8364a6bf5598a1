namespace Kelvin.Transformers.Decoding;

/// <summary>Whether candidates are chosen before the temperature is applied or after.</summary>
public enum TemperatureOrder
{
    /// <summary>
    /// Top-k, top-p and min-p look at softmax(z), then T works on those left: the candidates do not depend on T, and a target
    /// entropy is that of the distribution drawn from. llama.cpp's order.
    /// </summary>
    Last,

    /// <summary>T is chosen from all tokens, then top-k, top-p and min-p look at softmax(z/T). Hugging Face's order.</summary>
    First,
}
