using Npgsql;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Live;

/// <summary>How the class is answering, question by question.</summary>
public static class ReadQuestions
{
    public static Task<QuestionsState> RunAsync(Guid sessionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct) => Task.FromResult(new QuestionsState(sessionId, []));
}
