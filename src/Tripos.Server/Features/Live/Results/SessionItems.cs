using Npgsql;
using Tripos.Formats;
using Tripos.Measurement.Classical;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Item analysis of a session. A question that was changed while the class sat it counts as two.</summary>
internal static class SessionItems
{
    private const int MostOfAText = 160;

    private sealed record Given(Guid AttemptId, int VersionId, double Score, bool IsUndecided, string? Response, long? ElapsedMs);

    /// <summary>What a person scored on every question that all were asked.</summary>
    private sealed record Scores(TestStatistics Test, Dictionary<int, int> Places, Dictionary<Guid, double> Totals);

    public static async Task<(IReadOnlyList<SessionItem> Items, double? Alpha)> RunAsync(
        Guid sessionId, Guid testId, NpgsqlConnection connection, QuestionVersions versions, CancellationToken ct)
    {
        var given = await connection.QueryAsync("""
            SELECT x.attempt_id, x.question_version_id, COALESCE(x.points / NULLIF(x.points_max, 0), 0)::double precision, x.points_open > 0, x.response::text, x.elapsed_ms
            FROM live_participants p JOIN attempts a ON a.id = p.attempt_id JOIN answers x ON x.attempt_id = a.id
            WHERE p.session_id = $1 AND a.status = 'graded' AND x.points_max > 0
            """, row => new Given(row.GetGuid(0), row.GetInt32(1), row.GetDouble(2), row.GetBoolean(3), row.Maybe<string>(4), row.Maybe<long?>(5)), ct, sessionId);
        if (given.Count == 0)
        {
            return ([], null);
        }

        var places = (await connection.QueryAsync("SELECT question_id, position FROM test_slots WHERE test_id = $1", row => (Question: row.GetInt32(0), Place: (int)row.GetInt16(1)), ct, testId)).ToDictionary(slot => slot.Question, slot => slot.Place);
        var byVersion = given.ToLookup(answer => answer.VersionId);
        var loaded = await versions.LoadAsync([.. byVersion.Select(group => group.Key)], ct);
        var scores = ScoresOf(given);
        var items = loaded.OrderBy(version => places.GetValueOrDefault(version.QuestionId, int.MaxValue)).ThenBy(version => version.Id)
            .Select((version, index) => Item(places.GetValueOrDefault(version.QuestionId, index + 1), version, [.. byVersion[version.Id]], scores)).ToList();
        return (items, scores.Totals.Count >= SessionItem.FewestToJudge ? Number(scores.Test.Alpha) : null);
    }

    private static Scores ScoresOf(List<Given> given)
    {
        var people = given.GroupBy(answer => answer.AttemptId).ToList();
        int[] common = [.. given.GroupBy(answer => answer.VersionId).Where(group => group.Count() == people.Count && !group.Any(answer => answer.IsUndecided)).Select(group => group.Key)];
        var places = common.Index().ToDictionary(item => item.Item, item => item.Index);
        var test = new TestStatistics(Math.Max(1, common.Length));
        Dictionary<Guid, double> totals = [];
        foreach (var person in people)
        {
            double[] row = new double[Math.Max(1, common.Length)];
            foreach (var answer in person.Where(answer => places.ContainsKey(answer.VersionId)))
            {
                row[places[answer.VersionId]] = answer.Score;
            }

            test.Add(row);
            totals[person.Key] = row.Sum();
        }

        return new Scores(test, places, totals);
    }

    private static SessionItem Item(int number, LoadedVersion version, IReadOnlyList<Given> given, Scores scores)
    {
        var answered = given.Where(answer => ResponseText.Parse(answer.Response) is { } response && !version.Kind.IsEmpty(response)).ToList();
        var decided = given.Where(answer => !answer.IsUndecided).ToList();
        bool judges = scores.Totals.Count >= SessionItem.FewestToJudge && scores.Places.Count > 1;
        double? discrimination = judges && scores.Places.TryGetValue(version.Id, out int place) ? Number(scores.Test.Item(place).CorrectedPointBiserial) : null;
        var timed = answered.Where(answer => answer.ElapsedMs is not null).ToList();
        return new SessionItem(
            number, version.Id, version.QuestionId, version.Kind.Name, Shortened(version.PromptHtml), given.Count, answered.Count, decided.Count == 0 ? null : decided.Average(answer => answer.Score), discrimination,
            timed.Count == 0 ? null : timed.Average(answer => answer.ElapsedMs!.Value), given.Count - decided.Count, OptionsOf(version, given, scores, judges));
    }

    private static List<SessionItem.Option> OptionsOf(LoadedVersion version, IReadOnlyList<Given> given, Scores scores, bool judges)
    {
        if (version.Body is not ChoiceBody choice)
        {
            return [];
        }

        var chosen = given.Select(answer => (answer.AttemptId, answer.Score, Options: ResponseText.Chosen(ResponseText.Parse(answer.Response)))).ToList();
        return [.. version.Options.Select(option =>
        {
            var table = new DistractorTable(1);
            foreach (var (attempt, score, options) in chosen)
            {
                table.Add(options.Contains(option.Id) ? 0 : -1, scores.Totals[attempt] - (scores.Places.ContainsKey(version.Id) ? score : 0)); // without this question
            }

            var row = table.Option(0);
            bool isKey = choice.Key.Contains(option.Id);
            return new SessionItem.Option(option.Id, Shortened(option.Html), (int)row.Chosen, row.Share, isKey, judges && !isKey ? row.Distracts : null);
        })];
    }

    private static string Shortened(string html)
    {
        string text = HtmlSanitizer.ToText(html);
        return text.Length <= MostOfAText ? text : $"{text[..(char.IsHighSurrogate(text[MostOfAText - 2]) ? MostOfAText - 2 : MostOfAText - 1)]}…";
    }

    private static double? Number(double value) => double.IsFinite(value) ? value : null;
}
