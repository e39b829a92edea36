using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.ImportUploads;

namespace Tripos.Server.Tests.Features.Interchange;

public sealed class ImportTriviaTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Every_question_is_imported_or_reported_and_the_next_time_unchanged()
    {
        var file = Disk(Path.Combine(Fixtures, "trivia/mixed.txt"));

        var first = await app.Imports(Tess, file);
        var again = await app.Imports(Tess, file);

        Assert.Equal(("0/3/0/0/11", "0/0/3/0/11"), (first.Counts(), again.Counts()));
        Assert.Equal("line 16: It has no right answer (^).", Skipped(first, 0));
        Assert.Equal("Open trivia / Mixed: 3", await One("SELECT format('%s / %s: %s', m.name, t.name, count(*)) FROM questions q JOIN topics t ON t.id = q.topic_id JOIN modules m ON m.id = t.module_id WHERE t.name = 'Mixed' GROUP BY m.name, t.name"));
    }

    [Fact]
    public async Task A_question_of_another_file_is_reported_with_its_topic()
    {
        const string question = "#Q Which sea?\n^ Dead\nA Dead\nB Red\n";

        var view = await app.Imports(Tess, File("seas.txt", question), File("lakes.txt", question + "#Q Which lake?\n^ Como\nA Como\nB Garda\n"));

        Assert.Equal("0/2/0/0/1", view.Counts());
        Assert.Equal("line 1: The same question is already in the topic \"Seas\".", Skipped(view, 0));
    }

    [Fact]
    public async Task Another_right_answer_is_a_new_version()
    {
        await app.Imports(Tess, File("corrected.txt", "#Q Highest?\n^ K2\nA Everest\nB K2\n"));

        var again = await app.Imports(Tess, File("corrected.txt", "#Q Highest?\n^ Everest\nA K2\nB Everest\n"));

        Assert.Equal("0/1/0/0/0", again.Counts());
        Assert.Equal("2 [\"a\"]", await One("SELECT v.number || ' ' || (v.body->>'key') FROM questions q JOIN question_versions v ON v.id = q.current_version_id WHERE v.body->>'prompt' = 'Highest?'"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static string Skipped(System.Text.Json.JsonElement view, int index)
    {
        var skipped = view.GetProperty("totals").GetProperty("skipped")[index];
        return $"{skipped.GetProperty("place").GetString()}: {skipped.GetProperty("reason").GetString()}";
    }

    private async Task<string?> One(string sql)
    {
        await using var command = app.Sql.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct) as string;
    }
}

/// <summary>With the real OpenTriviaQA categories: runs with TRIPOS_CORPUS naming the folder above theirs.</summary>
public sealed class TriviaCorpusTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact(Explicit = true)]
    public async Task The_whole_corpus_is_imported_or_reported_within_15_seconds()
    {
        string folder = SourceTree.Corpus("opentriviaqa");
        var (sources, _) = Server.Features.Interchange.ImportPaths.Find([folder]);
        long blocks = sources.Sum(s => System.IO.File.ReadLines(Path.Combine(folder, s.Name), System.Text.Encoding.Latin1).LongCount(l => l.StartsWith("#Q", StringComparison.Ordinal)));
        long started = System.Diagnostics.Stopwatch.GetTimestamp();

        var total = (await Server.Features.Interchange.ImportFiles.RunAsync(sources, new(null, DryRun: false, new()), app.Sql, null, TestContext.Current.CancellationToken)).Total();

        Assert.Equal(blocks, total.Questions + total.Skipped.Count);
        Assert.InRange(System.Diagnostics.Stopwatch.GetElapsedTime(started).TotalSeconds, 0, 15);
    }
}
