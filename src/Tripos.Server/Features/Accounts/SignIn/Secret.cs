using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tripos.Server.Features.Accounts;

/// <summary>256 random bits somebody carries; the server keeps only the SHA-256 of the text.</summary>
public static class Secret
{
    public const string TokenPrefix = "trp_";

    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}

/// <summary>The hash of a secret as a value that compares fast.</summary>
internal readonly record struct SecretHash(UInt128 High, UInt128 Low)
{
    private const int LongestSecret = 128;

    public static SecretHash? Of(string secret)
    {
        if (secret.Length is 0 or > LongestSecret || !Ascii.IsValid(secret))
        {
            return null;
        }

        Span<byte> text = stackalloc byte[secret.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(secret, text);
        SHA256.HashData(text, hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    public byte[] ToArray()
    {
        byte[] hash = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(hash, High);
        BinaryPrimitives.WriteUInt128BigEndian(hash.AsSpan(16), Low);
        return hash;
    }
}
