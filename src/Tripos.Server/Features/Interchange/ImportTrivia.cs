using Tripos.Formats;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>Imports a trivia file as one topic, in chunks, so that memory does not grow with the file.</summary>
internal static class ImportTrivia
{
    private const string Module = "Open trivia";
    private const int ChunkSize = 2_000;
    private const int MostSkips = 100_000;
    private static readonly QuestionKind Kind = QuestionKinds.Find("single-choice");
    private static readonly Dictionary<string, System.Text.Json.JsonElement> NoMetadata = [];

    private sealed record Known(int Id, int? TopicId, string? Topic, SingleChoice Body);

    private sealed class State(int topicId, string topic)
    {
        public int TopicId => topicId;
        public string Topic => topic;
        public List<TriviaQuestion> Chunk { get; } = new(ChunkSize);
        public List<Diagnostic> Findings { get; } = [];
        public List<ImportedFile.Sample> Samples { get; } = [];
        public int Changed { get; set; }
        public int Unchanged { get; set; }

        /// <summary>Questions without a fault, wherever they went.</summary>
        public int Readable { get; set; }
        public int Skipped { get; private set; }

        public void Skip(Diagnostic why)
        {
            Skipped++;
            if (Skipped <= MostSkips)
            {
                Findings.Add(why);
            }
        }
    }

    public static async Task<ImportedFile> RunAsync(Stream stream, ImportFiles.Work work)
    {
        string topic = TriviaReader.TopicOf(work.FileName);
        var topics = await Topics.EnsureAsync([(Module, topic)], work);
        var state = new State(topics[(Module, topic)], topic);
        await foreach (var item in TriviaReader.ReadAsync(stream, work.FileName, work.Ct))
        {
            if (item.Skipped is { } why)
            {
                state.Skip(why);
            }
            else
            {
                state.Readable++;
                state.Chunk.Add(item.Question!);
                await (state.Chunk.Count == ChunkSize ? StoreAsync(state, work) : Task.CompletedTask);
            }
        }

        await StoreAsync(state, work);
        return Report(state, work);
    }

    private static ImportedFile Report(State state, ImportFiles.Work work) => new(work.FileName, ImportedKind.Trivia)
    {
        Failed = state.Readable == 0,
        Title = state.Topic,
        Questions = state.Changed,
        Unchanged = state.Unchanged,
        Skipped = state.Skipped,
        Findings = state.Skipped <= MostSkips ? state.Findings
            : [.. state.Findings, Diagnostic.Error(work.FileName, "", $"{state.Skipped - MostSkips} more questions were skipped.", "Cure those above and import the file again.")],
        Samples = state.Samples,
    };

    private static async Task StoreAsync(State state, ImportFiles.Work work)
    {
        var known = await KnownAsync(state, work);
        List<QuestionRows.New> rows = new(state.Chunk.Count);
        foreach (var question in state.Chunk)
        {
            if (state.Samples.Count < Samples.Most)
            {
                state.Samples.Add(Samples.Of(question.Body));
            }

            if (known.TryGetValue(question.ContentHash, out var found))
            {
                await MeetAsync(question, found, state, work);
            }
            else
            {
                rows.Add(new(Kind, question.Body, question.ContentHash, state.TopicId, 3, new(null, question.Line, null, NoMetadata)));
            }
        }

        await (rows.Count > 0 ? QuestionRows.InsertAsync(rows, work) : Task.CompletedTask);
        state.Changed += rows.Count;
        state.Chunk.Clear();
    }

    private static async Task<Dictionary<Guid, Known>> KnownAsync(State state, ImportFiles.Work work)
    {
        var rows = await work.Connection.QueryAsync("""
            SELECT DISTINCT ON (q.content_hash) q.content_hash, q.id, q.topic_id, t.name, v.body::text
            FROM questions q JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN topics t ON t.id = q.topic_id
            WHERE q.content_hash = ANY($1) AND q.kind = 'single-choice'
            ORDER BY q.content_hash, (q.topic_id = $2) DESC NULLS LAST, q.id
            """,
            row => (Hash: row.GetGuid(0), new Known(row.GetInt32(1), row.Maybe<int?>(2), row.Maybe<string>(3), (SingleChoice)Kind.ReadBody(row.GetString(4)))),
            work.Ct, state.Chunk.Select(q => q.ContentHash).ToArray(), state.TopicId);
        return rows.ToDictionary(row => row.Hash, row => row.Item2);
    }

    private static async Task MeetAsync(TriviaQuestion question, Known found, State state, ImportFiles.Work work)
    {
        string place = $"line {question.Line}";
        string right = RightText(question.Body);
        if (found.TopicId is { } topic && topic != state.TopicId)
        {
            string reason = RightText(found.Body) == right ? $"The same question is already in the topic \"{found.Topic}\"." : $"The same question is already in the topic \"{found.Topic}\", with another right answer.";
            state.Skip(Diagnostic.Error(work.FileName, place, reason, $"Nothing, or remove one of the two; it is question {found.Id}."));
            return;
        }

        if (RightText(found.Body) == right)
        {
            state.Unchanged++;
            return;
        }

        string key = found.Body.Options.First(o => PlainText.OneLine(o.Text) == right).Id;
        await QuestionRows.AddVersionAsync(found.Id, Kind, found.Body with { Key = [key] }, new(null, question.Line, null, NoMetadata), work);
        state.Changed++;
        state.Findings.Add(new(Severity.Warning, work.FileName, place, $"The right answer changed to \"{right}\".", $"Regrade question {found.Id} if it was answered before."));
    }

    private static string RightText(SingleChoice body) => PlainText.OneLine(body.Options.FirstOrDefault(o => body.Key.Contains(o.Id))?.Text ?? "");
}
