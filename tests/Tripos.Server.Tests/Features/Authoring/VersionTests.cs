using System.Net;
using Tripos.Server.Features.Authoring;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>What a question said before can be seen, compared and brought back.</summary>
public sealed class VersionTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Two_versions_are_compared_word_by_word_and_the_key_is_marked()
    {
        var (question, _) = await app.HasQuestion(Exams.Choice("What does the old code print?", "a"));
        await app.HasVersion(question, Exams.Choice("What does the new code print?", "a") with { Key = ["b"] });

        string page = await app.As(Tess).GetStringAsync($"/questions/{question}/compare", Ct);

        Assert.Contains("<span>What does the </span><del>old</del><span> code print?</span>", page, StringComparison.Ordinal);
        Assert.Contains("<span>What does the </span><ins>new</ins><span> code print?</span>", page, StringComparison.Ordinal);
        Assert.Contains("among them what is right", page, StringComparison.Ordinal);
        Assert.Contains("Right answer", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_words_differ_in_nothing_and_a_version_that_is_not_there_is_not_found()
    {
        var (question, _) = await app.HasQuestion(Exams.Choice("Once?", "a"));

        Assert.Contains("They say the same.", await app.As(Tess).GetStringAsync($"/questions/{question}/compare?from=1&to=1", Ct), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Tess).GetAsync($"/questions/{question}/compare?from=1&to=7", Ct)).StatusCode);
    }

    [Fact]
    public async Task Restoring_an_old_version_makes_a_new_one_that_says_the_same()
    {
        var (question, first) = await app.HasQuestion(Exams.Choice("The first?", "a"));
        await app.HasVersion(question, Exams.Choice("The second?"));
        using var tess = await app.InBrowserOf(Tess);

        var reply = await tess.PostAsync($"/questions/{question}", "restore-1", ("version", "1"));

        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Contains("Version 3 says again what version 1 said.", await (await tess.GetAsync(reply.Headers.Location!.ToString())).Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.True(await app.Value<bool>("""
            SELECT v.number = 3 AND v.reason = 'restored' AND v.created_by = $3 AND NOT q.needs_key AND v.body = old.body
            FROM questions q JOIN question_versions v ON v.id = q.current_version_id JOIN question_versions old ON old.id = $2 WHERE q.id = $1
            """, question, first, Tess.Id));
    }

    [Theory]
    [InlineData("a b c", "a b c", "a b c")]
    [InlineData("", "new", "+new")]
    [InlineData("old", "", "-old")]
    [InlineData("one two three", "one too three", "one |-two|+too| three")]
    [InlineData("print(x)", "print(x, y)", "print(x|+, y|)")]
    public void Texts_differ_by_words(string before, string after, string expected)
    {
        var parts = TextDiff.Of(before, after);

        Assert.Equal(expected, string.Join('|', parts.Select(part => (part.Kind switch { DiffKind.Added => "+", DiffKind.Removed => "-", _ => "" }) + part.Text)));
    }

    [Fact]
    public void Whatever_the_texts_the_parts_put_together_give_them_back()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            string before = Text(), after = Text();

            var parts = TextDiff.Of(before, after);

            Assert.Equal(before, string.Concat(parts.Where(part => part.Kind != DiffKind.Added).Select(part => part.Text)));
            Assert.Equal(after, string.Concat(parts.Where(part => part.Kind != DiffKind.Removed).Select(part => part.Text)));
        }

        string Text() => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "ab .\n"[random.Next(5)] + "c "));
    }

    [Fact]
    public async Task An_author_who_does_not_teach_is_not_sent_to_regrade()
    {
        var test = await app.HasTest(questions: 1);
        var author = Otto with { Roles = ["learner", "author"] };

        Assert.DoesNotContain("/regrade", await app.As(author).GetStringAsync($"/questions/{test.QuestionIds[0]}", Ct), StringComparison.Ordinal);
        Assert.Contains("/regrade", await app.As(Tess).GetStringAsync($"/questions/{test.QuestionIds[0]}", Ct), StringComparison.Ordinal);
        Assert.DoesNotContain("/regrade", await app.As(author).GetStringAsync($"/tests/{test.Id}/keys?saved={test.QuestionIds[0]}&changed=true", Ct), StringComparison.Ordinal);
        Assert.Contains("/regrade", await app.As(Tess).GetStringAsync($"/tests/{test.Id}/keys?saved={test.QuestionIds[0]}&changed=true", Ct), StringComparison.Ordinal);
    }
}
