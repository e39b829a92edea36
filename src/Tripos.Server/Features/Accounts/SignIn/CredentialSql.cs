namespace Tripos.Server.Features.Accounts;

/// <summary>
/// The statements behind <see cref="Credentials"/>: one round trip finds the person and notes the use. The update runs only when the
/// noted time is older than $3, because its row lock and commit would otherwise be paid by every request. $1 is the hash, $2 the time now.
/// </summary>
internal static class CredentialSql
{
    private const string Person = """
        u.display_name, ARRAY(SELECT role FROM user_roles r WHERE r.user_id = u.id) AS roles,
        p.time_zone, coalesce(p.locale, 'en') AS locale
        """;

    private const string PersonTables = """
        JOIN users u ON u.id = c.user_id AND u.disabled_at IS NULL
        LEFT JOIN profiles p ON p.user_id = u.id
        """;

    public static readonly string Session = $"""
        WITH seen AS (
            UPDATE sessions SET last_seen_at = $2, expires_at = least(created_at + interval '{Accounts.Session.Lifetime.TotalDays:0} days', $2 + interval '{Accounts.Session.IdleLifetime.TotalDays:0} days')
            WHERE key_hash = $1 AND expires_at > $2 AND last_seen_at < $2 - $3 RETURNING id)
        SELECT c.id, c.user_id, c.expires_at, {Person} FROM sessions c {PersonTables} WHERE c.key_hash = $1 AND c.expires_at > $2
        """;

    public static readonly string Token = $"""
        WITH seen AS (
            UPDATE api_tokens SET last_used_at = $2
            WHERE secret_hash = $1 AND expires_at > $2 AND (last_used_at IS NULL OR last_used_at < $2 - $3) RETURNING id)
        SELECT c.id, c.user_id, c.expires_at, c.scope, {Person} FROM api_tokens c {PersonTables} WHERE c.secret_hash = $1 AND c.expires_at > $2
        """;
}
