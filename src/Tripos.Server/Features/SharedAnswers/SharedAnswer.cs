using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

public enum SharedStatus { Visible, Withdrawn, Hidden }

/// <summary>What somebody answered freely, whatever the kind; one of the first three is there.</summary>
/// <param name="AudioUrl">Where the recording is heard.</param>
public sealed record AnswerContent(string? Text, string? Code, string? AudioUrl, string? FileName, long? DurationMs)
{
    /// <param name="audioUrl">Where the recording of a spoken answer is heard by this reader.</param>
    public static AnswerContent Of(JsonElement response, string audioUrl) => new(
        TextOf(response, "text"), TextOf(response, "code"), RecordingOf(response) is null ? null : audioUrl, TextOf(response, "fileName"),
        response.TryGetProperty("durationMs", out var ms) && ms.TryGetInt64(out long length) ? length : null);

    /// <summary>The take a spoken answer names, or null.</summary>
    public static Guid? RecordingOf(JsonElement response) => Guid.TryParse(TextOf(response, "recording"), out var id) ? id : null;

    private static string? TextOf(JsonElement response, string name) =>
        response.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>An answer its learner shows to others, as one reader sees it.</summary>
/// <param name="Name">Null when the learner shares without a name; nobody is told then.</param>
/// <param name="Traits">What was evaluated, as far as the learner sees it too; what waits for an evaluator is left out.</param>
/// <param name="IsHelpful">Whether this reader found it helpful.</param>
/// <param name="HiddenReason">Null while it is not hidden.</param>
public sealed record SharedAnswer(
    Guid Id, int QuestionId, string Kind, bool IsMine, string? Name, string Note, AnswerContent Answer, IReadOnlyList<TraitScore> Traits,
    SharedStatus Status, DateTimeOffset SharedAt, int HelpfulCount, bool IsHelpful, string? HiddenReason)
{
    /// <summary>How pages call whose it is.</summary>
    public string Whose => IsMine ? "You" : Name ?? "Anonymous";
}

/// <summary>A shared answer with what only the server may know: whose it is and where it comes from.</summary>
internal sealed record SharedAnswerRow(SharedAnswer View, Guid LearnerId, Guid AttemptId, JsonElement Response)
{
    // $1 is the reader.
    private const string Select = """
        SELECT s.id, s.question_id, v.kind, s.learner_id, CASE WHEN s.anonymous THEN NULL ELSE u.display_name END, s.note, x.response::text, x.traits::text,
            s.status, s.shared_at, s.helpful_count, l.user_id IS NOT NULL, s.hidden_reason, s.attempt_id, a.mode, a.policy::text
        FROM shared_answers s
        JOIN answers x ON x.attempt_id = s.attempt_id AND x.position = s.position
        JOIN attempts a ON a.id = s.attempt_id
        JOIN users u ON u.id = s.learner_id
        JOIN question_versions v ON v.id = s.question_version_id
        LEFT JOIN shared_answer_likes l ON l.shared_answer_id = s.id AND l.user_id = $1

        """;

    /// <param name="where">Continues the statement after its joins; its parameters begin with $2.</param>
    public static Task<List<SharedAnswerRow>> QueryAsync(string where, CurrentUser reader, NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct, params object?[] values) =>
        source.QueryAsync(Select + where, row => Read(row, reader, now), ct, [reader.Id, .. values]);

    private static SharedAnswerRow Read(NpgsqlDataReader row, CurrentUser reader, DateTimeOffset now)
    {
        var response = ResponseText.Parse(row.GetString(6))!.Value;
        var status = row.Word<SharedStatus>(8);
        var rules = JsonSerializer.Deserialize<AttemptRules>(row.GetString(15), Json.Options)!;
        var disclosed = Disclosure.ToLearner(row.Word<AttemptMode>(14), rules.Test, now);
        return new SharedAnswerRow(
            new SharedAnswer(
                row.GetGuid(0), row.GetInt32(1), row.GetString(2), row.GetGuid(3) == reader.Id, row.Maybe<string>(4), row.GetString(5),
                AnswerContent.Of(response, $"/api/shared-answers/{row.GetGuid(0)}/audio"), disclosed.Correctness ? Evaluated(row.Maybe<string>(7)) : [],
                status, row.Time(9), row.GetInt32(10), row.GetBoolean(11), status == SharedStatus.Hidden ? row.GetString(12) : null),
            row.GetGuid(3), row.GetGuid(13), response);
    }

    internal static IReadOnlyList<TraitScore> Evaluated(string? traits) => [.. ScoredItems.Traits(traits).Where(trait => trait.Score is not null)];
}
