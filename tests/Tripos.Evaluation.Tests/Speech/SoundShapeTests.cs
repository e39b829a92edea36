using Tripos.Evaluation.Speech;

namespace Tripos.Evaluation.Tests.Speech;

public sealed class SoundShapeTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Silences_between_sounds_are_found_to_a_hundredth_of_a_second()
    {
        var shape = SoundShape.Measure([.. Tone(1000), .. Hiss(1800), .. Tone(500), .. Hiss(120), .. Tone(500)], Rate);

        Assert.Equal((3920, false, true), (shape.DurationMs, shape.IsSilent, shape.HasClearSilences));
        var silence = Assert.Single(shape.Silences); // 120 ms is the closure of a consonant, not a pause
        Assert.InRange(silence.StartMs, 990, 1010);
        Assert.InRange(silence.EndMs, 2790, 2810);
    }

    [Fact]
    public void A_recording_without_a_voice_is_silent()
    {
        var shape = SoundShape.Measure(Hiss(3000), Rate);

        Assert.True(shape.IsSilent);
        Assert.All(shape.Loudness, step => Assert.InRange(step, 0, 0.2));
    }

    [Fact]
    public void Noise_as_loud_as_the_voice_leaves_no_silences_to_be_told()
    {
        var shape = SoundShape.Measure([.. Tone(1000), .. Tone(1000, 6000), .. Tone(1000)], Rate);

        Assert.False(shape.HasClearSilences);
        Assert.Empty(shape.Silences);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(48_000)]
    public void Loudness_lies_between_0_and_1_however_short_the_recording(int samples)
    {
        var shape = SoundShape.Measure([.. Tone(3000).Take(samples)], Rate);

        Assert.All(shape.Loudness, step => Assert.InRange(step, 0, 1));
        Assert.Equal(Math.Min(400, samples), shape.Loudness.Count);
    }

    private static short[] Tone(int ms, double height = 9000) => [.. Enumerable.Range(0, ms * Rate / 1000).Select(at => (short)(height * Math.Sin(at * 440 * Math.Tau / Rate)))];

    private static short[] Hiss(int ms)
    {
        Random random = new(1);
        return [.. Enumerable.Range(0, ms * Rate / 1000).Select(_ => (short)random.Next(-10, 11))];
    }
}
