using Tripos.Questions;

namespace Tripos.Formats.Tests;

/// <summary>Questions written with the body of their kind.</summary>
public sealed class NativeBodyTests
{
    [Theory]
    [InlineData("""{"type": "riddle", "body": {"prompt": "?"}}""", "questions[0].type", "riddle")]
    [InlineData("""{"body": {"prompt": "?"}}""", "questions[0].type", "of which kind")]
    [InlineData("""{"type": "matching"}""", "questions[0].body", "has a body")]
    [InlineData("""{"type": "ordering", "body": {"prompt": "?"}}""", "questions[0].body", "parts")]
    [InlineData("""{"type": "ordering", "body": {"prompt": "?", "parts": [{"id": "a"}]}}""", "questions[0].body.parts[0]", "text")]
    [InlineData("""{"type": "ordering", "body": {"prompt": "?", "parts": [null]}}""", "questions[0].body.parts[0]", "null")]
    [InlineData("""{"type": "numeric", "body": {"prompt": "?", "value": "three"}}""", "questions[0].body.value", "another type")]
    [InlineData("""{"type": "essay", "body": {"prompt": "\ud83d"}}""", "questions[0].body.prompt", "surrogate")]
    public async Task A_body_that_does_not_fit_is_an_error_with_its_place(string question, string place, string reason)
    {
        var result = await ReadAsync(question);

        Assert.Null(result.Value);
        Assert.Contains(result.Diagnostics, d => d.Severity == Severity.Error && d.Place == place && d.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_member_no_kind_has_is_told_and_left_out()
    {
        var result = await ReadAsync("""{"type": "short-text", "body": {"prompt": "?", "accepted": ["a"], "acepted": ["b"], "explanation": null}}""");

        Assert.Equal("questions[0].body.acepted", Assert.Single(result.Diagnostics).Place);
        Assert.Equal(["a"], ((ShortText)result.Value!.Questions[0].Body).Accepted);
    }

    [Fact]
    public async Task Html_in_a_body_is_sanitised_and_plain_text_is_left_alone()
    {
        var result = await ReadAsync("""{"type": "gap-typed", "body": {"format": "html", "prompt": "<b onclick='x()'>Fill</b><script>x()</script>", "text": "<i>[[1]]</i>", "gaps": [{"id": "1", "accepted": ["<b>"]}]}}""");

        var body = (TypedGaps)result.Value!.Questions[0].Body;
        Assert.Equal(("<b>Fill</b>", "<i>[[1]]</i>", "<b>"), (body.Prompt, body.Text, body.Gaps[0].Accepted[0]));
    }

    [Fact]
    public async Task Tags_and_drafts_are_read_and_other_words_for_a_status_stay_metadata()
    {
        var draft = (await ReadAsync("""{"type": "essay", "body": {"prompt": "?"}, "status": "draft", "tags": ["a", "A", "b"]}""")).Value!.Questions[0];
        var foreign = (await ReadAsync("""{"question": "?", "options": ["x", "y"], "status": "published"}""")).Value!.Questions[0];

        Assert.True(draft.IsDraft);
        Assert.Equal(["a", "b"], draft.Tags);
        Assert.Null(foreign.IsDraft);
        Assert.Equal("published", foreign.Metadata["status"].GetString());
    }

    private static Task<ReadResult<ExamFile>> ReadAsync(string question) =>
        ExamJsonReader.ReadAsync(Fixtures.Bytes($$"""{"title": "Own", "questions": [{{question}}]}"""), "own.json", ct: Fixtures.Ct);
}
