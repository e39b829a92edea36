using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Formats.Tests;

/// <summary>The sample content holds what it promises: all kinds, nothing missing, keys that are right by their own rules.</summary>
public sealed class SampleFilesTests
{
    private const int FewestOfEachKind = 6;
    private const long MostBytesOfMedia = 6 << 20;

    /// <summary>How many of each kind a PTE mock test draws.</summary>
    private static readonly Dictionary<string, int> Mock = new()
    {
        ["pte-personal-introduction"] = 1, ["pte-read-aloud"] = 6, ["pte-repeat-sentence"] = 10, ["pte-describe-image"] = 5, ["pte-retell-lecture"] = 2, ["pte-answer-short-question"] = 5,
        ["pte-summarize-group-discussion"] = 2, ["pte-respond-to-situation"] = 2, ["pte-summarize-written-text"] = 2, ["pte-write-essay"] = 1, ["pte-reading-writing-fill-blanks"] = 5,
        ["pte-reading-multiple-choice-multiple"] = 2, ["pte-reorder-paragraphs"] = 2, ["pte-reading-fill-blanks"] = 4, ["pte-reading-multiple-choice-single"] = 2, ["pte-summarize-spoken-text"] = 1,
        ["pte-listening-multiple-choice-multiple"] = 2, ["pte-listening-fill-blanks"] = 2, ["pte-highlight-correct-summary"] = 2, ["pte-listening-multiple-choice-single"] = 2,
        ["pte-select-missing-word"] = 1, ["pte-highlight-incorrect-words"] = 2, ["pte-write-from-dictation"] = 3,
    };

    private static readonly string Folder = Path.Combine(Fixtures.Folder(), "../../samples");

    /// <summary>All but the marked answers that evaluators are measured on, which are no exams.</summary>
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file)).Where(file => !file.StartsWith("evaluation", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_sample_file_reads_without_a_remark(string file)
    {
        var result = await ReadAsync(file);

        Assert.Empty(result.Diagnostics);
        Assert.All(result.Value!.Questions, question => Assert.True(question.Topic is not null && question.Difficulty is not null, $"{question.ExternalId} has no topic or no difficulty."));
    }

    [Fact]
    public async Task There_are_enough_faultless_items_of_every_kind()
    {
        var questions = await NativeAsync();

        foreach (var kind in QuestionKinds.All)
        {
            int count = questions.Count(q => q.Question.Kind == kind);
            Assert.True(count >= Math.Max(FewestOfEachKind, Mock.GetValueOrDefault(kind.Name) * 2), $"There are {count} of {kind.Name}.");
        }

        Assert.All(questions, q => Assert.Empty(q.Question.Kind.Faults(q.Question.Body)));
        Assert.All(questions, q => Assert.False(q.Question.Body.NeedsKey, q.Question.ExternalId));
        Assert.All(questions, q => Assert.True(q.Question.Body.Explanation is not null || q.Question.Body is FreeAnswer or Description, $"{q.Question.ExternalId} explains nothing."));
        Assert.Equal(questions.Count, questions.Select(q => q.Question.ExternalId).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task What_is_written_reads_the_same(string file)
    {
        var exam = (await ReadAsync(file)).Value!;
        using var written = new MemoryStream();
        ExamJsonWriter.Write(exam, written);
        written.Position = 0;

        var again = (await ExamJsonReader.ReadAsync(written, file, ct: Fixtures.Ct)).Value!;

        Assert.Equal(exam.Questions.Select(Whole), again.Questions.Select(Whole));
    }

    [Fact]
    public async Task Every_picture_and_sound_is_there_once_and_small()
    {
        var named = (await NativeAsync()).SelectMany(q => q.Question.Body.AllMedia.Select(media => (Path: Path.GetFullPath(Path.Combine(Folder, Path.GetDirectoryName(q.File)!, media.Hash)), Media: media))).ToList();

        Assert.All(named, media => Assert.True(File.Exists(media.Path), media.Path));
        Assert.All(named.Where(m => m.Media.Type.StartsWith("audio/", StringComparison.Ordinal)), m => Assert.InRange(m.Media.DurationMs ?? 0, 1_000, 120_000));
        string[] there = [.. Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".ogg" or ".svg").Select(Path.GetFullPath)];
        Assert.Equal(there.Order(StringComparer.Ordinal), named.Select(m => m.Path).Distinct().Order(StringComparer.Ordinal));
        Assert.InRange(there.Sum(file => new FileInfo(file).Length), 1, MostBytesOfMedia);
    }

    [Fact]
    public async Task Keys_and_model_answers_keep_their_own_rules()
    {
        foreach (var (_, question) in await NativeAsync())
        {
            if (FaultOf(question.Body, question.Kind) is { } fault)
            {
                Assert.Fail($"{question.ExternalId}: {fault}");
            }
        }
    }

    private static string? FaultOf(QuestionBody body, QuestionKind kind) => body switch
    {
        Ordering ordering when kind.Name == "pte-reorder-paragraphs" => ordering.Parts.Count >= 4 ? null : "fewer than four parts",
        HotText hot when body.Audio is not null => FaultOfIncorrectWords(hot),
        Dictation dictation => dictation.Sentence == dictation.Transcript ? null : "the sentence is not what is said",
        Spoken spoken when kind is SpokenKind { Key: SpokenKey.HeardScript } => spoken.Script == spoken.Transcript ? null : "the script is not what is said",
        Spoken spoken when kind is SpokenKind { Key: SpokenKey.ShownScript } => Count(spoken.Script!) <= 60 ? null : "more than 60 words",
        TypedGaps gaps when body.Audio is not null => gaps.Gaps.Zip(TextBetween(gaps)).All(gap => gap.First.Accepted.Contains(gap.Second)) ? null : "a gap does not accept what is said",
        Written written => FaultOfModel(written, kind),
        SingleChoice single => single.Key.Count == 1 ? null : "not one right option",
        MultipleChoice multiple => multiple.Key.Count >= 2 && multiple.Key.Count < multiple.Options.Count ? null : "too few right or wrong options",
        _ => null,
    };

    private static string? FaultOfIncorrectWords(HotText hot)
    {
        string[] said = hot.Transcript!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int[] different = [.. hot.Words.Zip(said).Index().Where(pair => pair.Item.First != pair.Item.Second).Select(pair => pair.Index)];
        return said.Length != hot.Words.Count ? "the text has another number of words than the recording"
            : !different.SequenceEqual(hot.Key.Select(word => word.Index)) ? "the key is not what differs from the recording"
            : hot.Key.All(word => said[word.Index].Contains(word.Correction!, StringComparison.Ordinal)) ? null : "a correction is not what is said";
    }

    /// <summary>What the recording says at each gap.</summary>
    private static IEnumerable<string> TextBetween(TypedGaps gaps)
    {
        string pattern = "^" + string.Join("(.+?)", GapBody.Marks().Split(gaps.Text).Where((_, i) => i % 2 == 0).Select(Regex.Escape)) + "$";
        return Regex.Match(gaps.Transcript!, pattern).Groups.Values.Skip(1).Select(group => group.Value);
    }

    private static string? FaultOfModel(Written written, QuestionKind kind)
    {
        int words = Count(written.ModelAnswer ?? "");
        return words == 0 ? "no model answer"
            : words < (written.MinWords ?? 0) || words > (written.MaxWords ?? int.MaxValue) ? $"the model answer has {words} words"
            : kind.Name == "pte-summarize-written-text" && written.ModelAnswer!.TrimEnd('.').Contains(". ", StringComparison.Ordinal) ? "the model answer is more than one sentence"
            : written.KeyPoints.Count < 3 ? "fewer than three key points" : null;
    }

    private static string Whole(ExamQuestion question) =>
        $"{question.ExternalId} {question.Kind.Name} {question.Kind.WriteBody(question.Body)} {question.Module}/{question.Topic} {question.Difficulty} {question.Points} {string.Join(',', question.Tags ?? [])}";

    private static int Count(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static async Task<List<(string File, ExamQuestion Question)>> NativeAsync()
    {
        List<(string, ExamQuestion)> all = [];
        foreach (string file in Files.Select(row => row.Data).Where(file => !file.StartsWith("python-entry", StringComparison.Ordinal)))
        {
            all.AddRange((await ReadAsync(file)).Value!.Questions.Select(question => (file, question)));
        }

        return all;
    }

    private static async Task<ReadResult<ExamFile>> ReadAsync(string file)
    {
        await using var stream = File.OpenRead(Path.Combine(Folder, file));
        return await ExamJsonReader.ReadAsync(stream, file, ct: Fixtures.Ct);
    }
}
