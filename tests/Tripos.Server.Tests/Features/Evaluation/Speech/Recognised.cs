using Microsoft.Extensions.Configuration;
using Tripos.Bench.Speech;
using Tripos.Evaluation;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Evaluation.Speech;

namespace Tripos.Server.Tests.Features.Evaluation.Speech;

/// <summary>One sentence as synthetic voices read it, with known defects: recognised once for all tests of the class.</summary>
public sealed class Recognised : IAsyncLifetime
{
    public const string Script = "The library opens at nine in the morning, and students may borrow up to six books.";
    public const string Voice = "flite/slt";

    private static readonly Dictionary<string, Func<short[]>> Makers = new()
    {
        ["as it stands"] = () => Voices.Say(Voice, Script),
        ["two words left out"] = () => Voices.Say(Voice, "The library at nine in the morning, and students may borrow up to books."),
        ["half"] = () => Voices.Say(Voice, "The library opens at nine in the morning."),
        ["another text"] = () => Voices.Say(Voice, "Our neighbours bought a second hand piano yesterday."),
        ["a word twice"] = () => Voices.Say(Voice, "The library library opens at nine in the morning, and students may borrow up to six books."),
        ["a pause"] = () => Voices.WithPauses(Voice, 1800, "The library opens at nine in the morning, and students", "may borrow up to six books."),
        ["three pauses"] = () => Voices.WithPauses(Voice, 1200, "The library", "opens at nine in", "the morning, and students may", "borrow up to six books."),
        ["in noise"] = () => Voices.WithNoise(Voices.Say(Voice, Script), 10),
        ["silence"] = () => Voices.Quiet(3000),
    };

    private readonly Dictionary<string, Verdict> _verdicts = [];

    public static SpeechTools Tools { get; } = SpeechTools.Find(new ConfigurationBuilder().Build())
        ?? throw new InvalidOperationException("These tests need pocketsphinx, pocketsphinx-en-us, ffmpeg and espeak-ng; bin/test installs them.");

    public Verdict this[string name] => _verdicts[name];

    public async ValueTask InitializeAsync()
    {
        foreach (var (name, make) in Makers)
        {
            _verdicts[name] = await JudgeRecording.RunAsync(Asked("pte-read-aloud", "content pronunciation fluency", Script), Voices.Wav(make()), "audio/wav", Tools, TestContext.Current.CancellationToken);
        }
    }

    public ValueTask DisposeAsync() => default;

    public static AnswerToJudge Asked(string kind, string traits, string? script = null, params string[] accepted) => new(
        QuestionKinds.Find(kind), new Spoken { Prompt = "Speak", Script = script, Accepted = accepted },
        [.. traits.Split(' ').Select(name => new ProfileTrait(name, name, name == "vocabulary" ? 1 : 5))], null);
}
