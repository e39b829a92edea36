using Npgsql;
using Tripos.Evaluation.Agreement;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Two who judged the same answers.</summary>
public enum Judges { LocalAndTeacher, ModelAndTeacher, FirstAndSecond, LocalAndModel }

/// <summary>How well two judges agree in one trait of one rubric.</summary>
/// <param name="Rubric">The kind of question, and whose traits were asked for.</param>
/// <param name="Exact">Share of the answers with the same points, 0 to 1.</param>
/// <param name="Adjacent">Share that differs by one step at most.</param>
/// <param name="Kappa">Quadratic weighted kappa: 1 for full agreement, 0 for no more than chance; null where it has no meaning, because nobody's points vary.</param>
/// <param name="Counts">How often the first judge gave the points of the row and the second those of the column, in whole points from 0; empty where there are too many.</param>
public sealed record AgreementRow(string Rubric, string Trait, double Max, int Answers, double Exact, double Adjacent, double? Kappa, IReadOnlyList<IReadOnlyList<int>> Counts);

/// <summary>Measures agreement over the latest answers that two have judged.</summary>
public static class ReadAgreement
{
    /// <summary>The newest of each kind of pair that are looked at.</summary>
    public const int Most = 20_000;

    private const double MostShown = 9;

    // Of each program the newest verdict of an answer.
    private const string TeacherSql = """
        WITH decided AS (SELECT attempt_id, position, traits FROM markings WHERE state = 'decided' ORDER BY decided_at DESC LIMIT $1), judged AS (
            SELECT DISTINCT ON (e.attempt_id, e.position, e.evaluator) e.evaluator, e.question_version_id, e.profile, e.verdict, d.traits
            FROM decided d JOIN evaluations e ON e.attempt_id = d.attempt_id AND e.position = d.position AND e.status = 'done' ORDER BY e.attempt_id, e.position, e.evaluator, e.done_at DESC
        )
        SELECT CASE j.evaluator WHEN 'local' THEN 'LocalAndTeacher' ELSE 'ModelAndTeacher' END, v.kind, j.profile, a->>'name', (a->>'max')::float8, (a->>'score')::float8, (b->>'score')::float8
        FROM judged j JOIN question_versions v ON v.id = j.question_version_id CROSS JOIN LATERAL jsonb_array_elements(j.verdict->'traits') a CROSS JOIN LATERAL jsonb_array_elements(j.traits) b
        WHERE a->>'name' = b->>'name' AND a->'max' = b->'max' AND a->>'score' IS NOT NULL AND b->>'score' IS NOT NULL
        """;

    private const string MarkersSql = """
        SELECT 'FirstAndSecond', v.kind, COALESCE(t.policy->'test'->>'profile', ''), a->>'name', (a->>'max')::float8, (a->>'score')::float8, (b->>'score')::float8
        FROM (SELECT * FROM marks WHERE part = 'second' AND status = 'given' ORDER BY given_at DESC LIMIT $1) s
            JOIN marks f ON f.attempt_id = s.attempt_id AND f.position = s.position AND f.part = 'first' AND f.status = 'given'
            JOIN attempts t ON t.id = s.attempt_id JOIN answers n ON n.attempt_id = s.attempt_id AND n.position = s.position JOIN question_versions v ON v.id = COALESCE(n.graded_version_id, n.question_version_id)
            CROSS JOIN LATERAL jsonb_array_elements(f.traits) a CROSS JOIN LATERAL jsonb_array_elements(s.traits) b
        WHERE a->>'name' = b->>'name' AND a->'max' = b->'max'
        """;

    private const string MachinesSql = """
        SELECT 'LocalAndModel', v.kind, m.profile, a->>'name', (a->>'max')::float8, (a->>'score')::float8, (b->>'score')::float8
        FROM (SELECT * FROM evaluations WHERE evaluator = 'model' AND status = 'done' ORDER BY id DESC LIMIT $1) m
            JOIN evaluations l ON l.attempt_id = m.attempt_id AND l.position = m.position AND l.evaluator = 'local' AND l.status = 'done' AND l.question_version_id = m.question_version_id AND l.profile = m.profile
            JOIN question_versions v ON v.id = m.question_version_id CROSS JOIN LATERAL jsonb_array_elements(l.verdict->'traits') a CROSS JOIN LATERAL jsonb_array_elements(m.verdict->'traits') b
        WHERE a->>'name' = b->>'name' AND a->'max' = b->'max' AND a->>'score' IS NOT NULL AND b->>'score' IS NOT NULL
        """;

    private sealed record Pair(Judges Judges, string Kind, string Profile, string Trait, double Max, double A, double B);

    public static async Task<ILookup<Judges, AgreementRow>> RunAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var pairs = await source.QueryAsync($"{TeacherSql} UNION ALL {MarkersSql} UNION ALL {MachinesSql}", row => new Pair(
            row.Word<Judges>(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetDouble(4), row.GetDouble(5), row.GetDouble(6)), ct, Most);
        return pairs.GroupBy(pair => (pair.Judges, pair.Kind, pair.Profile, pair.Trait, pair.Max))
            .OrderBy(group => group.Key.Kind, StringComparer.Ordinal).ThenBy(group => group.Key.Profile, StringComparer.Ordinal).ThenBy(group => group.Key.Trait, StringComparer.Ordinal)
            .ToLookup(group => group.Key.Judges, group => Row(group.Key.Kind, group.Key.Profile, group.Key.Trait, group.Key.Max, [.. group.Select(pair => (pair.A, pair.B))]));
    }

    private static AgreementRow Row(string kind, string profile, string trait, double max, IReadOnlyList<(double A, double B)> pairs)
    {
        double step = MarkingRules.StepOf(max);
        var measured = RaterAgreement.Of([.. pairs.Select(pair => (Rounded(pair.A, step), Rounded(pair.B, step)))], step);
        string rubric = $"{QuestionKinds.Find(kind).Title}, {(profile.Length == 0 ? "the question's own rubric" : ScoringProfiles.Find(profile).Title)}";
        return new AgreementRow(rubric, trait, max, measured.Count, measured.Exact, measured.Adjacent, measured.Kappa, CountsOf(pairs, max));
    }

    // Machines give what they find; people give what is on the scale.
    private static double Rounded(double points, double step) => Math.Round(points / step, MidpointRounding.AwayFromZero) * step;

    private static int[][] CountsOf(IReadOnlyList<(double A, double B)> pairs, double max)
    {
        if (max > MostShown)
        {
            return [];
        }

        int size = (int)Math.Ceiling(max) + 1;
        int[][] counts = [.. Enumerable.Range(0, size).Select(_ => new int[size])];
        foreach (var (a, b) in pairs)
        {
            counts[Whole(a, size)][Whole(b, size)]++;
        }

        return counts;
    }

    private static int Whole(double points, int size) => Math.Clamp((int)Math.Round(points, MidpointRounding.AwayFromZero), 0, size - 1);
}
