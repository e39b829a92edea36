using System.Net.Http.Json;
using System.Net.WebSockets;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Support;

/// <summary>A class in front of its screens without browsers: real accounts, real attempts, and pages that say they are there.</summary>
public sealed class Classroom : IAsyncDisposable
{
    private static readonly string[] Names =
    [
        "Ada Lovelace", "Alan Turing", "Amira Haddad", "Barbara Liskov", "Ben Okafor", "Chiara Conti", "Dana Scott", "Edsger Dijkstra", "Fatima al-Fihri", "Grace Hopper", "Hiro Tanaka", "Ines Duarte", "John Backus",
        "Katherine Johnson", "Lukas Bauer", "Maryam Mirzakhani", "Niklaus Wirth", "Olga Ladyzhenskaya", "Peter Landin", "Quentin Marsh", "Radia Perlman", "Sofia Kovalevskaya", "Tony Hoare", "Ursula Franklin", "Yukihiro Matsumoto",
    ];

    private readonly TriposSite _site;
    private readonly List<(Person Learner, HubClient Page)> _pages = [];

    private Classroom(TriposSite site) => _site = site;

    public required Guid Session { get; init; }

    public List<Person> Learners { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A waiting room with as many of a class of 25 in it.</summary>
    public static async Task<Classroom> OpensAsync(TriposSite site, int present)
    {
        var test = await SampleTest.InsertAsync(site.Sql, title: "Data types", questions: 12);
        var classId = Guid.CreateVersion7();
        await site.Run("INSERT INTO classes (id, teacher_id, name, join_code) VALUES ($1, $2, $3, $4)", classId, Tess.Id, "Python, evening", Code());
        var room = new Classroom(site) { Session = await site.HasSession(new MadeTest(test, [], []), classId: classId, limitMs: 1_800_000) };
        await site.Run("UPDATE live_sessions SET title = 'Week 4: data types' WHERE id = $1", room.Session);
        foreach (string name in Names)
        {
            Person learner = new(Guid.CreateVersion7(), name, "learner");
            await site.Run("INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp) VALUES ($1, $2, $3 || '@example.org', upper($3) || '@EXAMPLE.ORG', 's', 's')", learner.Id, name, $"{learner.Id:n}");
            await site.Run("INSERT INTO class_members (class_id, learner_id, joined_by) VALUES ($1, $2, 'teacher')", classId, learner.Id);
            room.Learners.Add(learner);
        }

        foreach (var learner in room.Learners.Take(present))
        {
            await room.ComesIn(learner);
        }

        return room;
    }

    public async Task ComesIn(Person learner)
    {
        (await _site.Joins(learner, Session)).EnsureSuccessStatusCode();
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Test-Person", $"{learner.Id} learner");
        await socket.ConnectAsync(new UriBuilder(_site.Address) { Scheme = "ws", Path = "/api/live/hub" }.Uri, Ct);
        var page = await HubClient.OverAsync(socket);
        await page.CallAsync("Attend", Session);
        _pages.Add((learner, page));
    }

    /// <summary>A heartbeat of everybody who is here; those further along in the list are further along in the test.</summary>
    public Task Beats() => Task.WhenAll(_pages.Select((each, i) => each.Page.CallAsync("Beat", new { position = 1 + (i * 7 % 12), visible = i != 7, rttMs = 20 + i })));

    /// <summary>The first options, for the first questions.</summary>
    public async Task Answers(int learner, int questions)
    {
        var attempt = await _site.AttemptIn(Session, Learners[learner]);
        var options = await _site.Sql.QueryAsync("SELECT ARRAY(SELECT o->>'id' FROM jsonb_array_elements(v.body->'options') o) FROM answers a JOIN question_versions v ON v.id = a.question_version_id WHERE a.attempt_id = $1 ORDER BY a.position",
            row => row.GetFieldValue<string[]>(0), Ct, attempt);
        for (int position = 1; position <= questions; position++)
        {
            (await _site.Saves(Learners[learner], attempt, position, options[position - 1][(learner + position) % 3 == 0 ? 1 : 0])).EnsureSuccessStatusCode();
        }
    }

    public async Task Reports(int learner, string kind, int position) =>
        (await _site.As(Learners[learner]).PostAsJsonAsync($"/api/live/sessions/{Session}/events", new[] { new { id = Guid.CreateVersion7(), kind, at = DateTimeOffset.UtcNow, position } }, Ct)).EnsureSuccessStatusCode();

    public async Task Leaves(int learner)
    {
        await _pages[learner].Page.DisposeAsync();
        _pages.RemoveAt(learner);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, page) in _pages)
        {
            await page.DisposeAsync();
        }
    }

    private static string Code() => string.Concat(Guid.NewGuid().ToString("n").Where(char.IsDigit).Select(digit => "ABCDEFGHJK"[digit - '0'])).PadRight(8, 'Z')[..8];
}
