using System.Globalization;
using Npgsql;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What waits to be marked: counted by test and question, and answer by answer, the oldest first.</summary>
public static class ReadMarkingQueue
{
    public const int PageSize = 30;

    /// <param name="TestId">Null for every test.</param>
    /// <param name="State">Null for everything that waits for somebody.</param>
    /// <param name="Unsure">Only what no machine evaluated, or in which one found something a person should look at.</param>
    /// <param name="ClassId">Only learners of this class.</param>
    /// <param name="After">Where to go on from.</param>
    public sealed record Filter(Guid? TestId = null, int? QuestionId = null, string? Kind = null, MarkingState? State = null, bool Unsure = false, Guid? ClassId = null, string? After = null);

    /// <param name="TestId">Null for mock tests, whose questions are drawn: they are counted by kind.</param>
    /// <param name="Question">The beginning of the question.</param>
    /// <param name="Unsure">Of those that wait.</param>
    public sealed record Group(
        Guid? TestId, string Title, int? QuestionId, string Kind, string KindTitle, string? Question, int Unmarked, int Second, int Disagree, int Decided, int Unsure, DateTimeOffset? OldestAt, MarkingPlan Plan)
    {
        public int Waiting => Unmarked + Second + Disagree;
    }

    /// <param name="Learner">Null where the test is marked blind.</param>
    /// <param name="Mine">The reader has given a mark.</param>
    /// <param name="Draft">The reader has begun one.</param>
    public sealed record Row(
        Guid AttemptId, short Position, string Title, string KindTitle, string? Question, string? Learner, DateTimeOffset SubmittedAt, MarkingState State, bool Unsure, bool Mine, bool Draft);

    public sealed record ClassChoice(Guid Id, string Name);

    /// <param name="Next">Where to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Group> Groups, IReadOnlyList<Row> Answers, IReadOnlyList<ClassChoice> Classes, string? Next);

    public static async Task<Page> RunAsync(Filter filter, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var mocksSince = clock.GetUtcNow() - WaitingAnswers.MocksKept;
        var groups = await source.QueryAsync($"""
            {WaitingAnswers.Sql}
            SELECT g.*, v.body->>'prompt', COALESCE(p.blind, false), COALESCE(p.second_percent, 0::smallint), COALESCE(p.tolerance, 1) FROM (
                SELECT test_id, title, grouped, kind, count(*) FILTER (WHERE state = 'unmarked')::integer, count(*) FILTER (WHERE state = 'second')::integer, count(*) FILTER (WHERE state = 'disagree')::integer,
                    count(*) FILTER (WHERE state = 'decided')::integer, count(*) FILTER (WHERE state <> 'decided' AND unsure)::integer, min(submitted_at) FILTER (WHERE state <> 'decided') AS oldest
                FROM free GROUP BY test_id, title, grouped, kind) g
            LEFT JOIN questions q ON q.id = g.grouped LEFT JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN marking_plans p ON p.test_id = g.test_id
            ORDER BY g.oldest NULLS LAST, g.title, g.grouped, g.kind
            """, ReadGroup, ct, WaitingAnswers.Kinds, null, mocksSince);
        var rows = await RowsAsync(filter, teacher, source, mocksSince, ct);
        var classes = await source.QueryAsync("SELECT id, name FROM classes WHERE teacher_id = $1 AND status = 'active' ORDER BY name",
            row => new ClassChoice(row.GetGuid(0), row.GetString(1)), ct, teacher.Id);
        var page = rows.Take(PageSize).ToList();
        return new Page(Merged(groups), page, classes, rows.Count > PageSize ? $"{Keyset.Write(page[^1].SubmittedAt, page[^1].AttemptId)}.{page[^1].Position}" : null);
    }

    private static Task<List<Row>> RowsAsync(Filter filter, CurrentUser teacher, NpgsqlDataSource source, DateTimeOffset mocksSince, CancellationToken ct)
    {
        var (at, id, position) = Parse(filter.After);
        return source.QueryAsync($"""
            {WaitingAnswers.Sql}, page AS (
                SELECT * FROM free WHERE ($4::text IS NULL AND state <> 'decided' OR state = $4) AND ($5::integer IS NULL OR question_id = $5) AND ($6::text IS NULL OR kind = $6) AND (NOT $7 OR unsure)
                    AND ($8::uuid IS NULL OR EXISTS (SELECT FROM class_members c WHERE c.class_id = $8 AND c.learner_id = free.learner_id))
                    AND (submitted_at, attempt_id, position) > ($9, $10, $11) ORDER BY submitted_at, attempt_id, position LIMIT $12
            )
            SELECT f.attempt_id, f.position, f.title, f.kind, v.body->>'prompt', CASE WHEN COALESCE(p.blind, false) THEN NULL ELSE u.display_name END, f.submitted_at, f.state, f.unsure,
                EXISTS (SELECT FROM marks k WHERE k.attempt_id = f.attempt_id AND k.position = f.position AND k.marker_id = $13 AND k.status = 'given'),
                EXISTS (SELECT FROM marks k WHERE k.attempt_id = f.attempt_id AND k.position = f.position AND k.marker_id = $13 AND k.status = 'draft')
            FROM page f JOIN users u ON u.id = f.learner_id JOIN question_versions v ON v.id = f.version_id LEFT JOIN marking_plans p ON p.test_id = f.test_id
            ORDER BY f.submitted_at, f.attempt_id, f.position
            """, row => new Row(row.GetGuid(0), row.GetInt16(1), row.GetString(2), QuestionKinds.Find(row.GetString(3)).Title, Beginning(row.Maybe<string>(4)), row.Maybe<string>(5), row.Time(6),
                row.Word<MarkingState>(7), row.GetBoolean(8), row.GetBoolean(9), row.GetBoolean(10)), ct,
            WaitingAnswers.Kinds, filter.TestId, filter.TestId is null ? mocksSince : null, filter.State is { } state ? AppDb.SnakeCase(state.ToString()) : null, filter.QuestionId, filter.Kind, filter.Unsure,
            filter.ClassId, at, id, position, PageSize + 1, teacher.Id);
    }

    // One question has one kind; its title may have changed between attempts, which the SQL counts apart.
    private static List<Group> Merged(List<Group> groups) => [.. groups.GroupBy(group => (group.TestId, group.QuestionId, group.Kind)).Select(same => same.Aggregate((one, other) => one with
    {
        Unmarked = one.Unmarked + other.Unmarked, Second = one.Second + other.Second, Disagree = one.Disagree + other.Disagree, Decided = one.Decided + other.Decided, Unsure = one.Unsure + other.Unsure,
    }))];

    private static Group ReadGroup(NpgsqlDataReader row) => new(
        row.Maybe<Guid?>(0), row.GetString(1), row.GetInt32(2) is var question and not 0 ? question : null, row.GetString(3), QuestionKinds.Find(row.GetString(3)).Title, Beginning(row.Maybe<string>(10)),
        row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8), row.MaybeTime(9), new MarkingPlan(row.GetBoolean(11), row.GetInt16(12), row.GetFloat(13)));

    private static (DateTimeOffset At, Guid Id, short Position) Parse(string? after) =>
        after?.Split('.') is [var place, var number] && Keyset.TryParse(place, out var found) && short.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out short position)
            ? (found.At, found.Id, position)
            : (DateTimeOffset.UnixEpoch, Guid.Empty, (short)0);

    private static string? Beginning(string? prompt) => prompt is null ? null : HtmlSanitizer.ToText(prompt) is { Length: > 90 } text ? text[..87] + "…" : HtmlSanitizer.ToText(prompt);
}
