using System.Diagnostics;
using Tripos.Bench.Speech;
using Tripos.Evaluation;
using Tripos.Server.Features.Evaluation.Speech;

namespace Tripos.Server.Tests.Features.Evaluation.Speech;

/// <summary>The real recogniser on voices whose defects are known: scores follow the defects.</summary>
public sealed class RecognitionTests(Recognised heard) : IClassFixture<Recognised>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Content_falls_with_the_words_that_are_missing()
    {
        double[] falling = [.. new[] { "as it stands", "two words left out", "half", "another text" }.Select(name => Score(name, "content"))];

        Assert.Equal(5, falling[0]);
        Assert.Equal(falling.OrderDescending(), falling);
        Assert.Equal(falling.Length, falling.Distinct().Count());
        Assert.Equal(0, Score("silence", "content"));
    }

    [Fact]
    public void Words_that_are_missing_are_named()
    {
        Assert.Equal(["opens", "six"], heard["two words left out"].Heard!.Omitted);
        Assert.Empty(heard["as it stands"].Heard!.Omitted);
    }

    [Fact]
    public void Fluency_falls_with_pauses_and_repetitions()
    {
        Assert.Equal(5, Score("as it stands", "fluency"));
        Assert.Equal(4, Score("a word twice", "fluency"));
        Assert.InRange(Score("a pause", "fluency"), 3, 4);
        Assert.True(Score("three pauses", "fluency") < Score("a pause", "fluency"));
    }

    [Fact]
    public void A_pause_is_found_where_it_was_made()
    {
        var pause = Assert.Single(heard["a pause"].Traits[2].Evidence);

        Assert.Contains("“students”", pause.Says, StringComparison.Ordinal);
        Assert.InRange(pause.Place!.End - pause.Place.Start, 1750, 2050);
    }

    [Fact]
    public void A_word_said_twice_is_heard_twice()
    {
        var again = Assert.Single(heard["a word twice"].Heard!.Words, word => word.As == HeardAs.Repeated);

        Assert.Equal("library", again.Word);
    }

    [Fact]
    public void Noise_lowers_what_can_be_said_of_pronunciation() => Assert.True(Score("in noise", "pronunciation") < Score("as it stands", "pronunciation"));

    [Fact]
    public void Loudness_and_times_are_those_of_the_recording()
    {
        var speech = heard["a pause"].Heard!;

        Assert.All(speech.Words, word => Assert.InRange(word.EndMs, word.StartMs + 1, speech.DurationMs));
        Assert.Equal(400, speech.Loudness.Count);
        int middle = (heard["a pause"].Traits[2].Evidence[0].Place!.Start + 900) * 400 / speech.DurationMs;
        Assert.InRange(speech.Loudness[middle], 0, 0.05);
    }

    [Theory]
    [InlineData("It is winter", 1)]
    [InlineData("summer", 0)]
    [InlineData("water", 0)]
    public async Task A_short_answer_counts_when_it_is_said_and_a_wrong_one_does_not(string said, double points)
    {
        var verdict = await JudgeRecording.RunAsync(Recognised.Asked("pte-answer-short-question", "vocabulary", null, "winter"), Voices.Opus(Voices.Say(Recognised.Voice, said), "ogg"), "audio/ogg", Recognised.Tools, Ct);

        Assert.Equal(points, verdict.Traits[0].Score);
    }

    [Fact]
    public async Task What_is_no_sound_is_not_evaluated()
    {
        var verdict = await JudgeRecording.RunAsync(Recognised.Asked("pte-read-aloud", "content", "Hello"), "#EXTM3U\nfile:///etc/passwd\n"u8.ToArray(), "audio/webm", Recognised.Tools, Ct);

        Assert.Equal("Not evaluated: its sound could not be read.", verdict.Traits[0].Why);
    }

    [Fact]
    public async Task A_recogniser_that_hangs_is_killed_when_the_server_stops_and_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("tripos-hanging-");
        string program = Path.Combine(folder.FullName, "recogniser"), started = Path.Combine(folder.FullName, "started");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\necho $$ $PWD > {started}.new && mv {started}.new {started}\nexec sleep 600\n", Ct);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using FileSystemWatcher watcher = new(folder.FullName) { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => stopping.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => JudgeRecording.RunAsync(
            Recognised.Asked("pte-read-aloud", "content", "Hello"), Voices.Wav(Voices.Say(Recognised.Voice, "Hello")), "audio/wav", Recognised.Tools with { Recogniser = program }, stopping.Token));

        string[] said = (await File.ReadAllTextAsync(started, Ct)).Trim().Split(' ', 2);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(int.Parse(said[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.False(Directory.Exists(said[1]));
        folder.Delete(recursive: true);
    }

    private double Score(string name, string trait) => heard[name].Traits.Single(given => given.Name == trait).Score ?? throw new InvalidOperationException($"{trait} of “{name}” was not evaluated.");
}
