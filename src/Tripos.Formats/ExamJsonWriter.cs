using System.Text.Encodings.Web;
using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Writes an exam as the JSON <see cref="ExamJsonReader"/> reads; reading it again gives the same exam.</summary>
public static class ExamJsonWriter
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one exam.</summary>
    /// <param name="exam">The exam; questions that are more than a plain choice are written with their body.</param>
    /// <param name="stream">Where to; not closed.</param>
    public static void Write(ExamFile exam, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Readable);
        json.WriteStartObject();
        Text(json, "id", exam.ExternalId);
        Text(json, "title", exam.Title);
        Text(json, "type", exam.Type);
        Text(json, "description", string.IsNullOrEmpty(exam.Description) ? null : HtmlSanitizer.Escape(exam.Description));
        Text(json, "module", exam.Module);
        Rules(json, exam);
        Parts(json, exam.Parts);
        Metadata(json, exam.Metadata);
        json.WriteStartArray("questions");
        foreach (var question in exam.Questions)
        {
            Question(json, question);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Rules(Utf8JsonWriter json, ExamFile exam)
    {
        Number(json, "timeLimitInMinutes", exam.TimeLimitMs / 60_000m);
        Number(json, "timeWarningInMinutes", exam.WarnBeforeMs / 60_000m);
        Number(json, "passMarkPercent", (decimal?)exam.PassMarkPercent);
        Flag(json, "shuffleQuestions", exam.ShuffleQuestions);
        Flag(json, "shuffleAnswers", exam.ShuffleOptions);
        Flag(json, "unlimitedAttempts", exam.AllowedAttempts is { } allowed ? allowed == 0 : null);
        Number(json, "allowedAttempts", exam.AllowedAttempts is 0 ? null : exam.AllowedAttempts);
        Number(json, "graceInSeconds", exam.GraceMs / 1000m);
        Flag(json, "showReview", exam.ShowReview);
        Flag(json, "showCorrectness", exam.ShowCorrectness);
        Flag(json, "showAnswers", exam.ShowAnswers);
        Flag(json, "showExplanations", exam.ShowExplanations);
        Flag(json, "showScore", exam.ShowScore);
        Text(json, "scoringProfile", exam.ScoringProfile);
        Flag(json, "linear", exam.Linear);
        Flag(json, "teachersMark", exam.TeachersMark);
    }

    private static void Parts(Utf8JsonWriter json, IReadOnlyList<ExamPart>? parts)
    {
        if (parts is { Count: > 0 })
        {
            json.WriteStartArray("parts");
            foreach (var part in parts)
            {
                json.WriteStartObject();
                Text(json, "sectionId", part.Section);
                Text(json, "title", part.Title);
                Number(json, "timeLimitInMinutes", part.TimeLimitMs / 60_000m);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static void Question(Utf8JsonWriter json, ExamQuestion question)
    {
        json.WriteStartObject();
        Text(json, "id", question.ExternalId);
        var plain = Plain(question);
        if (plain is not null)
        {
            Choice(json, plain);
        }
        else
        {
            Text(json, "type", question.Kind.Name);
            json.WritePropertyName("body");
            using var body = JsonDocument.Parse(question.Kind.WriteBody(question.Body));
            body.RootElement.WriteTo(json);
        }

        Number(json, "difficulty", question.Difficulty);
        Text(json, "topic", question is { Module: { } module, Topic: { } topic } ? $"{module} / {topic}" : question.Topic);
        Text(json, "sectionId", question.Section);
        Number(json, "points", (decimal?)question.Points);
        Number(json, "maxResponses", (plain as MultipleChoice)?.MaxResponses);
        Flag(json, "shuffleOptions", plain?.ShuffleOptions == false ? false : null);
        Text(json, "status", question.IsDraft == true ? "draft" : null);
        Tags(json, question.Tags);
        Metadata(json, question.Metadata);
        json.WriteEndObject();
    }

    /// <summary>The choice that the plain members can say completely; null for everything else.</summary>
    private static ChoiceBody? Plain(ExamQuestion question) =>
        question is { Kind.Name: "single-choice" or "multiple-choice", Body: ChoiceBody { Format: not ContentFormat.Markdown, Passage: null, Audio: null, Image: null, Transcript: null, Timing: null } body }
        && body is not MultipleChoice { Rule: not ChoiceRule.RightMinusWrong }
        && body.Options.All(option => option.Weight is null) ? body : null;

    private static void Choice(Utf8JsonWriter json, ChoiceBody body)
    {
        Text(json, "type", body is MultipleChoice ? "Multiple Choice" : "Single Choice");
        Text(json, "question", Html(body, body.Prompt));
        Text(json, "code", body.Code?.Text);
        Text(json, "codeLanguage", body.Code?.Language);
        Options(json, body);
        Text(json, "explanation", Html(body, body.Explanation));
    }

    private static void Tags(Utf8JsonWriter json, IReadOnlyList<string>? tags)
    {
        if (tags is { Count: > 0 })
        {
            json.WriteStartArray("tags");
            foreach (string tag in tags)
            {
                json.WriteStringValue(tag);
            }

            json.WriteEndArray();
        }
    }

    private static void Options(Utf8JsonWriter json, ChoiceBody body)
    {
        json.WriteStartArray("options");
        foreach (var option in body.Options)
        {
            json.WriteStartObject();
            Text(json, "id", option.Id);
            Text(json, "text", Html(body, option.Text));
            Flag(json, "correct", body.NeedsKey ? null : body.Key.Contains(option.Id));
            Text(json, "explanation", Html(body, option.Explanation));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Plain text is written so that an HTML reader shows the same signs.
    private static string? Html(QuestionBody body, string? text) =>
        text is null || body.Format == ContentFormat.Html ? text : HtmlSanitizer.Escape(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static void Metadata(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonElement> metadata)
    {
        foreach (var (name, value) in metadata)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } flag)
        {
            json.WriteBoolean(name, flag);
        }
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number / 1.0000000000000000000m); // 20, not 20.0
        }
    }
}
