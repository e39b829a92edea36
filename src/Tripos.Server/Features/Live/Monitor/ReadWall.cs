using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>What the wall shows beside the board: who belongs to the class but is not here, who has more time, and the code to come in by.</summary>
/// <param name="Learners">Participants and absent members, by name.</param>
/// <param name="JoinCode">Of the class; null while nobody may join it by code.</param>
public sealed record WallPeople(IReadOnlyList<WallLearner> Learners, string? JoinCode);

public static class ReadWall
{
    public static async Task<WallPeople> RunAsync(LiveSession session, IReadOnlyList<LiveMessages.ParticipantState> participants, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch()
            .With("SELECT join_code FROM classes WHERE id = $1", session.ClassId)
            .With("SELECT u.id, u.display_name FROM class_members m JOIN users u ON u.id = m.learner_id WHERE m.class_id = $1", session.ClassId);
        string? code;
        List<(Guid Id, string Name)> members;
        await using (var reader = await batch.ExecuteReaderAsync(ct))
        {
            await reader.ReadAsync(ct);
            code = reader.Maybe<string>(0);
            await reader.NextResultAsync(ct);
            members = await reader.ReadAllAsync(row => (row.GetGuid(0), row.GetString(1)), ct);
        }

        var here = participants.ToDictionary(participant => participant.LearnerId);
        var people = participants.Select(participant => (Id: participant.LearnerId, participant.Name)).UnionBy(members, person => person.Id).ToList();
        var allowances = await TimeAllowance.OfAsync(connection, [.. people.Select(person => person.Id)], ct);
        return new WallPeople(
            [.. people.Select(person => new WallLearner(person.Id, person.Name, here.GetValueOrDefault(person.Id), allowances.TryGetValue(person.Id, out var more) ? ExtraTimeWords.Of(more.Factor, more.ExtraMs) : null))
                .OrderBy(learner => learner.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(learner => learner.Id)],
            code);
    }
}
