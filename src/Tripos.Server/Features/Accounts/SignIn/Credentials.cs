using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Npgsql;
using NpgsqlTypes;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Accounts;

/// <summary>
/// Says whose a session key or an API token is. Every request asks, so the answer is kept in memory for a minute;
/// a change to a person's sessions, tokens, roles or account drops what is kept at once here, and on other servers by NOTIFY.
/// </summary>
public sealed class Credentials(NpgsqlDataSource source, TimeProvider clock)
{
    private const int MostKept = 50_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);
    /// <summary>While notifications do not arrive, this is how late a revocation made elsewhere may be noticed.</summary>
    private static readonly TimeSpan KeptWhileDeaf = TimeSpan.FromSeconds(5);
    private static readonly Task<AuthenticateResult> Unknown = Task.FromResult(AuthenticateResult.Fail("The session or token is unknown, expired or revoked."));

    private readonly ConcurrentDictionary<SecretHash, Kept> _kept = new();
    private int _changes;
    private volatile bool _hears;

    /// <summary>Whether changes made by other servers are being heard.</summary>
    public bool Hears
    {
        get => _hears;
        set
        {
            ForgetAll();
            _hears = value;
        }
    }

    public Task<AuthenticateResult> OfSession(string key) => FindAsync(key, isToken: false);

    public Task<AuthenticateResult> OfToken(string token) => FindAsync(token, isToken: true);

    /// <summary>Drops what is kept about a person; the next request looks them up again.</summary>
    public void Forget(Guid userId)
    {
        Interlocked.Increment(ref _changes);
        foreach (var (hash, kept) in _kept)
        {
            if (kept.UserId == userId)
            {
                _kept.TryRemove(hash, out _);
            }
        }
    }

    public void ForgetAll()
    {
        Interlocked.Increment(ref _changes);
        _kept.Clear();
    }

    private Task<AuthenticateResult> FindAsync(string secret, bool isToken)
    {
        if (SecretHash.Of(secret) is not { } hash)
        {
            return Unknown;
        }

        return _kept.TryGetValue(hash, out var kept) && kept.IsToken == isToken && IsFresh(kept) ? kept.Result : LoadAsync(hash, isToken);
    }

    private bool IsFresh(Kept kept) =>
        clock.GetElapsedTime(kept.LoadedAt) < (_hears ? KeptFor : KeptWhileDeaf) && clock.GetUtcNow() < kept.ExpiresAt;

    private async Task<AuthenticateResult> LoadAsync(SecretHash hash, bool isToken)
    {
        int changes = Volatile.Read(ref _changes);
        if (await ReadAsync(hash, isToken) is not { } found)
        {
            _kept.TryRemove(hash, out _);
            return await Unknown;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        _kept[hash] = found;
        if (changes != Volatile.Read(ref _changes)) // something changed while we read: this may be the old state
        {
            _kept.TryRemove(hash, out _);
        }

        return await found.Result;
    }

    /// <summary>Reads who it is and, at most every few minutes, notes that the session or token was used.</summary>
    private async Task<Kept?> ReadAsync(SecretHash hash, bool isToken)
    {
        long loadedAt = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        await using var command = source.CreateCommand(isToken ? CredentialSql.Token : CredentialSql.Session);
        command.Parameters.Add(new() { Value = hash.ToArray() });
        command.Parameters.Add(new() { Value = now, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = Session.SeenEvery });
        await using var reader = await command.ExecuteReaderAsync();
        if (!await reader.ReadAsync())
        {
            return null;
        }

        var userId = reader.GetGuid(reader.GetOrdinal("user_id"));
        var ticket = new AuthenticationTicket(Principal(reader, isToken), CredentialHandler.Scheme);
        var expiresAt = reader.GetFieldValue<DateTimeOffset>(reader.GetOrdinal("expires_at"));
        return new(userId, isToken, loadedAt, expiresAt, Task.FromResult(AuthenticateResult.Success(ticket)));
    }

    private static ClaimsPrincipal Principal(NpgsqlDataReader row, bool isToken)
    {
        string Text(string column) => row.GetString(row.GetOrdinal(column));
        List<Claim> claims =
        [
            new(ClaimTypes.NameIdentifier, row.GetGuid(row.GetOrdinal("user_id")).ToString()),
            new(ClaimTypes.Name, Text("display_name")),
            new(ClaimTypes.Role, Roles.Learner),
            .. row.GetFieldValue<string[]>(row.GetOrdinal("roles")).Select(role => new Claim(ClaimTypes.Role, role)),
            new(ClaimNames.Locale, Text("locale")),
            isToken ? new(ClaimNames.TokenScope, Text("scope")) : new(ClaimNames.Session, row.GetGuid(row.GetOrdinal("id")).ToString()),
        ];
        if (!row.IsDBNull(row.GetOrdinal("time_zone")))
        {
            claims.Add(new(ClaimNames.TimeZone, Text("time_zone")));
        }

        return new(new ClaimsIdentity(claims, CredentialHandler.Scheme));
    }

    private sealed record Kept(Guid UserId, bool IsToken, long LoadedAt, DateTimeOffset ExpiresAt, Task<AuthenticateResult> Result);
}
