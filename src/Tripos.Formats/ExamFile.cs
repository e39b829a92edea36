using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>One exam as a file tells it. What the file does not say is null, so that it does not overwrite what an author set.</summary>
public sealed record ExamFile
{
    /// <summary>The id the source gives the exam, at most 200 characters; null when it gives none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Never empty, at most 300 characters.</summary>
    public required string Title { get; init; }

    /// <summary>True when the title was made from the file name because the data has none.</summary>
    public bool TitleIsFromFileName { get; init; }

    /// <summary><c>quiz</c>, <c>test</c>, <c>exam</c>, <c>assessment</c>, <c>mock</c> or <c>practice</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the exam is about, plain text.</summary>
    public string? Description { get; init; }

    /// <summary>The module topics without one belong to.</summary>
    public string? Module { get; init; }

    /// <summary>In ms; 0 = untimed.</summary>
    public long? TimeLimitMs { get; init; }

    /// <summary>How long before the end learners are warned, in ms; 0 = not at all.</summary>
    public long? WarnBeforeMs { get; init; }

    /// <summary>Percent of the points, 0 to 100.</summary>
    public float? PassMarkPercent { get; init; }

    /// <summary>Whether each attempt has the questions in another order.</summary>
    public bool? ShuffleQuestions { get; init; }

    /// <summary>Whether each attempt has the options in another order.</summary>
    public bool? ShuffleOptions { get; init; }

    /// <summary>How often one learner may start it; 0 = as often as they like.</summary>
    public int? AllowedAttempts { get; init; }

    /// <summary>In ms.</summary>
    public int? GraceMs { get; init; }

    /// <summary>Whether learners see the questions again after submitting.</summary>
    public bool? ShowReview { get; init; }

    /// <summary>Whether the review says which answers were right.</summary>
    public bool? ShowCorrectness { get; init; }

    /// <summary>Whether the review shows the right answers.</summary>
    public bool? ShowAnswers { get; init; }

    /// <summary>Whether the review shows explanations.</summary>
    public bool? ShowExplanations { get; init; }

    /// <summary>Whether learners see their score.</summary>
    public bool? ShowScore { get; init; }

    /// <summary>Name of the scoring profile.</summary>
    public string? ScoringProfile { get; init; }

    /// <summary>Whether there is no way back to a question.</summary>
    public bool? Linear { get; init; }

    /// <summary>Whether only teachers give points for free answers.</summary>
    public bool? TeachersMark { get; init; }

    /// <summary>The parts in order.</summary>
    public IReadOnlyList<ExamPart>? Parts { get; init; }

    /// <summary>Scalar members that mean nothing to Tripos, kept as they came.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The questions in the file's order; at least one.</summary>
    public required IReadOnlyList<ExamQuestion> Questions { get; init; }
}

/// <summary>One part of an exam.</summary>
/// <param name="Section">The section of the questions in it.</param>
/// <param name="Title">Shown to people.</param>
/// <param name="TimeLimitMs">Null when the part has no clock of its own.</param>
public sealed record ExamPart(string Section, string Title, long? TimeLimitMs);

/// <summary>One question of an <see cref="ExamFile"/>.</summary>
/// <param name="Number">1 for the first in the file.</param>
/// <param name="Kind">Its kind; a guess between single and multiple choice unless <see cref="StatesKind"/>.</param>
/// <param name="Body">What is asked; HTML in it is sanitised. Pictures and sounds are named by their path beside the file. The key is empty when the file gives none.</param>
public sealed record ExamQuestion(int Number, QuestionKind Kind, QuestionBody Body)
{
    /// <summary>Whether the file gives the body as the kind has it (<c>"body": {…}</c>), so that the kind is exactly the one stated.</summary>
    public bool IsNative { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Whether it is not to be offered yet; null when the file does not say.</summary>
    public bool? IsDraft { get; init; }

    /// <summary>The id the source gives the question, unique in the exam, at most 200 characters; null when it gives none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether the option ids are the file's own rather than made from positions.</summary>
    public bool HasOptionIds { get; init; }

    /// <summary>Whether the file says what kind of question it is; otherwise that is a guess from key and limit.</summary>
    public bool StatesKind { get; init; }

    /// <summary>1 easy … 5 hard; null when the file does not say.</summary>
    public short? Difficulty { get; init; }

    /// <summary>Name of the module; null for the exam's.</summary>
    public string? Module { get; init; }

    /// <summary>Name of the topic; null for none.</summary>
    public string? Topic { get; init; }

    /// <summary>Id of the section of the exam it stands in; null for none.</summary>
    public string? Section { get; init; }

    /// <summary>What a right answer is worth.</summary>
    public float? Points { get; init; }

    /// <summary>Scalar members that mean nothing to Tripos (such as <c>audioSrc</c>), kept as they came.</summary>
    public IReadOnlyDictionary<string, JsonElement> Metadata { get; init; } = new Dictionary<string, JsonElement>();
}

/// <summary>What reading a file gave: the value, unless there was an error, and everything that was noticed.</summary>
/// <typeparam name="T">What was read.</typeparam>
/// <param name="Value">Null exactly when a diagnostic is an error.</param>
/// <param name="Diagnostics">All findings, in the file's order.</param>
public sealed record ReadResult<T>(T? Value, IReadOnlyList<Diagnostic> Diagnostics) where T : class;
