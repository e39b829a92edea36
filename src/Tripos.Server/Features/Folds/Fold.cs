using Npgsql;

namespace Tripos.Server.Features.Folds;

/// <summary>Computes derived tables from logged responses.</summary>
/// <param name="Name">Permanent: how far it has read is stored under it.</param>
/// <param name="Tables">What it writes, and nobody else; emptied when it is rebuilt.</param>
/// <param name="ApplyAsync">
/// Applies the next responses, in their order, in the transaction that also moves the fold on. What it writes may depend only on the responses so far
/// and not on how they were cut into batches: sums are made one response after the other, never by the database.
/// </param>
/// <param name="ResetAsync">What is done beside emptying the tables before a rebuild; null for nothing.</param>
public sealed record Fold(
    string Name, IReadOnlyList<string> Tables, Func<NpgsqlConnection, IReadOnlyList<LoggedResponse>, CancellationToken, Task> ApplyAsync,
    Func<NpgsqlConnection, CancellationToken, Task>? ResetAsync = null);
