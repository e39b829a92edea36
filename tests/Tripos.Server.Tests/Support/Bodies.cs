using Tripos.Questions;

namespace Tripos.Server.Tests.Support;

/// <summary>One playable body of every kind, and what a learner answers to earn everything or nothing of it.</summary>
public static class Bodies
{
    private static readonly Media Sound = new(new string('a', 64), "audio/ogg") { DurationMs = 4000 };
    private static readonly Media Picture = new(new string('b', 64), "image/svg+xml") { Width = 400, Height = 300, Alt = "Bar chart" };

    public static QuestionBody Of(string kindName, int n = 1)
    {
        var kind = QuestionKinds.Find(kindName);
        string prompt = $"{kind.Title} {n}?";
        var body = Plain(kind, prompt, n);
        return body with
        {
            Passage = kind.Requires.HasFlag(Stimuli.Passage) ? $"A passage for {prompt} It has a second sentence." : null,
            Audio = kind.Requires.HasFlag(Stimuli.Audio) ? Sound : null,
            Image = kind.Requires.HasFlag(Stimuli.Image) ? Picture : null,
            Transcript = kind.Requires.HasFlag(Stimuli.Audio) ? "What is said." : null,
        };
    }

    /// <summary>The response that is right in every respect a rule can decide, as JSON.</summary>
    public static string RightAnswer(string kindName) => QuestionKinds.Find(kindName).Interaction switch
    {
        "choice" => QuestionKinds.Find(kindName).BodyType == typeof(MultipleChoice) ? """{"chosen": ["a", "b"]}""" : """{"chosen": ["a"]}""",
        "matching" => """{"pairs": {"p": "a", "q": "b"}}""",
        "ordering" => """{"order": ["a", "b", "c", "d"]}""",
        "typed-gaps" => """{"gaps": {"1": "cat", "2": "dog"}}""",
        "chosen-gaps" => """{"gaps": {"1": "a", "2": "b"}}""",
        "word-bank" => """{"gaps": {"1": "a", "2": "b"}}""",
        "short-text" => """{"text": "Paris"}""",
        "numeric" => """{"value": "3.5"}""",
        "hot-text" => """{"marked": [1]}""",
        "hot-spot" => """{"points": [{"x": 0.2, "y": 0.2}]}""",
        "written" => """{"text": "A sentence that has enough words to be taken for one."}""",
        "dictation" => """{"text": "The library closes early on Fridays."}""",
        "spoken" => """{"recording": "0192f0c1-2d3e-7000-8000-000000000001", "durationMs": 3000}""",
        "code" => """{"code": "print(1)"}""",
        _ => """{"seen": true}""",
    };

    private static QuestionBody Plain(QuestionKind kind, string prompt, int n) => kind.Interaction switch
    {
        "choice" when kind.BodyType == typeof(MultipleChoice) => new MultipleChoice { Prompt = prompt, Options = Options(n), Key = ["a", "b"] },
        "choice" => new SingleChoice { Prompt = prompt, Options = Options(n), Key = ["a"] },
        "matching" => new Matching { Prompt = prompt, Premises = [new("p", "One"), new("q", "Two")], Answers = [new("a", "1"), new("b", "2")], Key = new Dictionary<string, string> { ["p"] = "a", ["q"] = "b" } },
        "ordering" => new Ordering { Prompt = prompt, Parts = [new("a", $"First {n}"), new("b", "Second"), new("c", "Third"), new("d", "Fourth")], Key = ["a", "b", "c", "d"] },
        "typed-gaps" => new TypedGaps { Prompt = prompt, Text = $"A [[1]] and a [[2]] ({n}).", Gaps = [new("1", ["cat"]), new("2", ["dog"])] },
        "chosen-gaps" => new ChosenGaps { Prompt = prompt, Text = $"A [[1]] and a [[2]] ({n}).", Gaps = [new("1", [new("a", "cat"), new("b", "dog")], "a"), new("2", [new("a", "cat"), new("b", "dog")], "b")] },
        "word-bank" => new WordBank { Prompt = prompt, Text = $"A [[1]] and a [[2]] ({n}).", Words = [new("a", "cat"), new("b", "dog"), new("c", "cow")], Key = new Dictionary<string, string> { ["1"] = "a", ["2"] = "b" } },
        "short-text" => new ShortText { Prompt = prompt, Accepted = ["Paris"] },
        "numeric" => new Numeric { Prompt = prompt, Value = 3.5, Tolerance = 0.1 },
        "hot-text" => new HotText { Prompt = prompt, Text = $"The moon rose over the hills ({n}).", Key = [new HotWord(1, "sun")] },
        "hot-spot" => new HotSpot { Prompt = prompt, Areas = [new HotArea("h", AreaShape.Rectangle, [0.1, 0.1, 0.2, 0.2], "The tower")] },
        "written" => new Written { Prompt = prompt, ModelAnswer = "A model answer.", KeyPoints = ["One point"] },
        "dictation" => new Dictation { Prompt = prompt, Sentence = "The library closes early on Fridays." },
        "spoken" => new Spoken { Prompt = prompt, Script = ((SpokenKind)kind).Key is SpokenKey.ShownScript or SpokenKey.HeardScript ? $"A sentence to say, number {n}." : null, Accepted = ((SpokenKind)kind).Key == SpokenKey.Words ? ["a clock"] : [] },
        "code" => new CodeAnswer { Prompt = prompt, Language = "python" },
        _ => new Description { Prompt = prompt },
    };

    private static Option[] Options(int n) => [new("a", $"Option A {n}"), new("b", "Option B"), new("c", "Option C"), new("d", "Option D")];
}
