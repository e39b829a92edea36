using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>What an author decides about a question once its difficulty is known: publish it, or retire it.</summary>
public static class SettleQuestion
{
    public enum Decision { Publish, Retire }

    public sealed record Request(Decision Decision);

    public static async Task<Outcome<Done>> RunAsync(int questionId, Request request, NpgsqlDataSource source, CancellationToken ct)
    {
        int rows = request.Decision == Decision.Publish
            ? await source.ExecuteAsync("UPDATE questions SET status = 'live' WHERE id = $1 AND status IN ('experimental', 'live') AND NOT needs_key", ct, questionId)
            : await source.ExecuteAsync("UPDATE questions SET status = 'retired' WHERE id = $1 AND status IN ('experimental', 'live', 'retired')", ct, questionId);
        return rows == 0 ? PracticeProblems.NoSuchQuestion : Done.Instance;
    }
}
