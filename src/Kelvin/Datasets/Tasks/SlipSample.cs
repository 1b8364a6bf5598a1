namespace Kelvin.Datasets.Tasks;

/// <summary>Writes answers with slips of the pen: one in each run of 1/share characters, at a place drawn evenly within the run.</summary>
/// <remarks>A stratified sample: the number of slips among n characters strays by less than two from n · share, whatever n is.</remarks>
/// <param name="share">Of all characters, over 0 and below 1.</param>
/// <param name="random">Draws places and keys.</param>
internal sealed class SlipSample(double share, Random random)
{
    private long _written;
    private long _slips;
    private double _next = random.NextDouble() / share;

    /// <summary>The answer as it is written; where there is a slip, a key beside the right one was struck.</summary>
    public string Write(string answer) => string.Create(answer.Length, (Sample: this, answer), static (text, state) =>
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = state.Sample.IsSlip() ? state.Sample.Beside(state.answer[i]) : state.answer[i];
    });

    private bool IsSlip()
    {
        if (_written++ < _next)
            return false;
        _next = (++_slips + random.NextDouble()) / share;
        return true;
    }

    private char Beside(char key)
    {
        string beside = Keyboard.Beside(key);
        return beside[random.Next(beside.Length)];
    }
}
