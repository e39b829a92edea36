using System.Text.Json;
using Npgsql;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>How a class is answering: counted and scored from the answers as they stand, nothing of it is stored.</summary>
public static class ReadQuestions
{
    private const int MostOfATitle = 140;
    private const int MostOfAnOption = 200;

    /// <summary>The same response of several learners: few rows for choices, one each for what is written.</summary>
    private sealed record Given(int VersionId, string? Response, int Learners, int Number);

    public static async Task<QuestionsState> RunAsync(Guid sessionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        var (rules, given) = await LoadAsync(sessionId, source, ct);
        var questions = given.GroupBy(row => row.VersionId).ToList();
        var loaded = await versions.LoadAsync([.. questions.Select(rows => rows.Key)], ct);
        var states = questions.Select((rows, i) => State([.. rows], loaded[i], rules!.Profile, versions.Resources));
        return new QuestionsState(sessionId, [.. states.OrderBy(question => question.Number).ThenBy(question => question.VersionId)]);
    }

    private static async Task<(AttemptRules? Rules, List<Given> Given)> LoadAsync(Guid sessionId, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch()
            .With("SELECT policy::text FROM attempts WHERE session_id = $1 LIMIT 1", sessionId)
            .With("""
                SELECT a.question_version_id, a.response::text, count(*)::integer, COALESCE(min(s.position), min(a.position))
                FROM attempts t JOIN answers a ON a.attempt_id = t.id JOIN question_versions v ON v.id = a.question_version_id
                    LEFT JOIN test_slots s ON s.test_id = t.test_id AND s.question_id = v.question_id
                WHERE t.session_id = $1 GROUP BY 1, a.response
                """, sessionId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rules = await reader.ReadAsync(ct) ? JsonSerializer.Deserialize<AttemptRules>(reader.GetString(0), Json.Options) : null;
        await reader.NextResultAsync(ct);
        return (rules, await reader.ReadAllAsync(row => new Given(row.GetInt32(0), row.Maybe<string>(1), row.GetInt32(2), row.GetInt16(3)), ct));
    }

    private static QuestionsState.Question State(Given[] given, LoadedVersion version, ScoringProfile profile, ScoringResources resources)
    {
        var answers = given.Select(row => (row.Learners, Response: ResponseText.Parse(row.Response))).Where(row => row.Response is { } response && !version.Kind.IsEmpty(response)).ToList();
        var scored = version.Body.NeedsKey ? [] : answers.Select(row => (row.Learners, Score: Scorer.Score(version.Kind, version.Body, row.Response, profile, resources))).ToList();
        int correct = scored.Where(row => row.Score.Correct == true).Sum(row => row.Learners);
        double decided = scored.Sum(row => row.Score == ItemScore.Unscored ? 0 : row.Learners * (1 - row.Score.OpenFraction)), earned = scored.Sum(row => row.Learners * row.Score.Fraction);
        return new QuestionsState.Question(
            given.Min(row => row.Number), version.Id, version.Kind.Title, Shortened(version.PromptHtml, MostOfATitle), answers.Sum(row => row.Learners), given.Sum(row => row.Learners),
            correct, decided > 0 ? Math.Clamp(earned / decided, 0, 1) : null, version.Body is ChoiceBody choice ? Options(choice, version, answers) : null);
    }

    private static List<QuestionsState.Option> Options(ChoiceBody body, LoadedVersion version, List<(int Learners, JsonElement? Response)> answers)
    {
        var counts = answers.SelectMany(row => ResponseText.Chosen(row.Response).Select(id => (id, row.Learners))).ToLookup(pair => pair.id, pair => pair.Learners, StringComparer.Ordinal);
        return [.. version.Options.Select(option => new QuestionsState.Option(option.Id, Shortened(option.Html, MostOfAnOption), counts[option.Id].Sum(), body.Key.Contains(option.Id)))];
    }

    private static string Shortened(string html, int most)
    {
        string text = HtmlSanitizer.ToText(html);
        return text.Length <= most ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)}…";
    }
}
