using System.Text.Json;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>One question for each way of answering, and tests made of them.</summary>
public static class EveryKind
{
    public static readonly Media Map = new(new string('a', 64), "image/svg+xml") { Width = 800, Height = 500, Alt = "A map with four coloured regions", Description = "North is green, south is blue." };
    public static readonly Media Sound = new(new string('b', 64), "audio/wav") { DurationMs = 4000 };

    private const string Passage = """
        The harbour was built in three stages. First came the stone quay, which the town paid for with a tax on salt. A century later the breakwater
        followed, after two winters in which half of the fishing boats were lost.

        The last stage, the dry dock, was never finished: the railway had arrived, and the money went inland.
        """;

    public static IReadOnlyList<(string Kind, QuestionBody Body)> All { get; } =
    [
        ("pte-reading-multiple-choice-multiple", new MultipleChoice
        {
            Prompt = "Which parts of the harbour were finished?", Passage = Passage, Key = ["a", "b"],
            Options = [new("a", "The stone quay", "It came first."), new("b", "The breakwater"), new("c", "The dry dock"), new("d", "The railway station")],
        }),
        ("matching", new Matching
        {
            Prompt = "Match each country with its capital.", Premises = [new("p1", "Norway"), new("p2", "Portugal"), new("p3", "Kenya")],
            Answers = [new("a1", "Oslo"), new("a2", "Lisbon"), new("a3", "Nairobi"), new("a4", "Porto")],
            Key = new Dictionary<string, string> { ["p1"] = "a1", ["p2"] = "a2", ["p3"] = "a3" },
        }),
        ("ordering", new Ordering
        {
            Prompt = "Put the steps of making bread in order.", Key = ["a", "b", "c", "d"],
            Parts = [new("a", "Mix flour, water, salt and yeast."), new("b", "Let the dough rise until it has doubled."), new("c", "Shape a loaf and let it rest."), new("d", "Bake until the crust sounds hollow.")],
        }),
        ("gap-typed", new TypedGaps
        {
            Prompt = "Complete the sentences.", Text = "Water boils at [[1]] degrees Celsius and freezes at [[2]]. Its formula is [[3]].",
            Gaps = [new("1", ["100", "hundred"]), new("2", ["0", "zero"]), new("3", ["H2O"])],
        }),
        ("gap-dropdown", new ChosenGaps
        {
            Prompt = "Choose the words that fit.", Text = "She has [[1]] in Leeds [[2]] ten years.",
            Gaps = [new("1", [new("a", "lived"), new("b", "living"), new("c", "lives")], "a"), new("2", [new("a", "since"), new("b", "for"), new("c", "from")], "b")],
        }),
        ("gap-word-bank", new WordBank
        {
            Prompt = "Fill the gaps.", Text = "The [[1]] rises in the [[2]] and sets in the [[3]].", Words = [new("s", "sun"), new("e", "east"), new("w", "west"), new("n", "north"), new("m", "moon")],
            Key = new Dictionary<string, string> { ["1"] = "s", ["2"] = "e", ["3"] = "w" },
        }),
        ("short-text", new ShortText { Prompt = "Who wrote *Middlemarch*?", Format = ContentFormat.Markdown, Accepted = ["George Eliot", "Eliot", "Mary Ann Evans"] }),
        ("numeric", new Numeric { Prompt = "How far is it from the earth to the moon, on average?", Value = 384_400, Tolerance = 1000, Units = [new("km", 1), new("m", 0.001), new("miles", 1.609344)] }),
        ("pte-highlight-incorrect-words", new HotText
        {
            Prompt = "Listen, and mark the words that differ from what you hear.", Audio = Sound, Transcript = "The tall trees along the river were planted by the first settlers.",
            Text = "The tall trees beside the river were painted by the first settlers.", Key = [new(3, "along"), new(7, "planted")],
        }),
        ("hot-spot", new HotSpot
        {
            Prompt = "Mark the two largest regions.", Image = Map, MostPoints = 2,
            Areas = [new("n", AreaShape.Rectangle, [0.05, 0.05, 0.5, 0.4], "the north"), new("s", AreaShape.Circle, [0.7, 0.7, 0.15], "the south")],
        }),
        ("essay", new Written
        {
            Prompt = "Should towns close their centres to cars? Write 30 to 60 words.", MinWords = 30, MaxWords = 60, ModelAnswer = "Towns should, with exceptions.", KeyPoints = ["deliveries", "people who cannot walk far"],
            Rubric = [new("content", "Content", 3, "Both sides."), new("language", "Language", 2)],
        }),
        ("pte-write-from-dictation", new Dictation { Prompt = "Type the sentence you hear.", Audio = Sound, Sentence = "The library opens at nine on weekdays." }),
        ("code-answer", new CodeAnswer { Prompt = "Write a function that says whether a word is a palindrome.", Language = "python", Starter = "def is_palindrome(word):\n    ", ModelAnswer = "return word == word[::-1]" }),
        ("description", new Description { Prompt = "The next questions are about a timetable. Take your time to read it.", Passage = "Trains leave at five past the hour.", Image = Map }),
        ("pte-read-aloud", new Spoken { Prompt = "Read the text aloud.", Script = "Bees find their way by the sun, and remember where they have been.", KeyPoints = ["bees"] }),
    ];

    extension(TriposSite site)
    {
        /// <summary>A test with these questions in this order.</summary>
        public async Task<Guid> HasTestOf(IEnumerable<(string Kind, QuestionBody Body)> questions, string title, TestType type = TestType.Practice, TestPolicy? policy = null)
        {
            var test = await site.HasTest(0, policy ?? new TestPolicy { ShuffleQuestions = false }, type: type, title: title);
            short position = 0;
            foreach (var (kind, body) in questions)
            {
                int question = await site.Value<int>("INSERT INTO questions (kind, difficulty, needs_key, content_hash, prompt_hash) VALUES ($1, 3, $2, $3, $4) RETURNING id",
                    kind, body.NeedsKey, QuestionFingerprint.OfContent(kind, body), QuestionFingerprint.OfPrompt(body));
                await site.Run("""
                    WITH version AS (INSERT INTO question_versions (question_id, number, kind, body, needs_key) VALUES ($1, 1, $2, $3::jsonb, $4) RETURNING id)
                    UPDATE questions SET current_version_id = version.id FROM version WHERE questions.id = $1
                    """, question, kind, QuestionKinds.Find(kind).WriteBody(body), body.NeedsKey);
                await site.Run("INSERT INTO test_slots (test_id, position, question_id) VALUES ($1, $2, $3)", test.Id, ++position, question);
            }

            return test.Id;
        }

        public Task<JsonElement> StoredAt(Guid attempt, int position) => site.ReadAsync(attempt, position);

        private async Task<JsonElement> ReadAsync(Guid attempt, int position) =>
            JsonSerializer.Deserialize<JsonElement>(await site.Value<string?>("SELECT response::text FROM answers WHERE attempt_id = $1 AND position = $2", attempt, (short)position) ?? "null");
    }
}
