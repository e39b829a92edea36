using System.Security.Cryptography;

namespace Tripos.Server.Features.Live;

/// <summary>Eight letters and digits with which learners join a class; without those that are taken for each other (I, L, O, 0, 1).</summary>
public static class JoinCode
{
    private const string Signs = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private const int Length = 8; // 31^8, about 8.5e11: with 20 tries a minute nobody meets a class

    public static string New() => RandomNumberGenerator.GetString(Signs, Length);

    /// <summary>The code as it is stored, however it was typed: small letters, spaces, hyphens; null when it can be none.</summary>
    public static string? Parse(string? typed)
    {
        string code = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c != '-')).ToUpperInvariant();
        return code.Length == Length && code.All(c => Signs.Contains(c)) ? code : null;
    }

    /// <summary>In two halves, as it is read aloud and written on a board.</summary>
    public static string Shown(string code) => $"{code[..4]} {code[4..]}";
}
