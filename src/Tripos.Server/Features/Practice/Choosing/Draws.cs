namespace Tripos.Server.Features.Practice;

/// <summary>Draws that depend on nothing but the seed (SplitMix64), so that the same session chooses the same questions again.</summary>
internal struct Draws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The seed of one place of a session.</summary>
    public static ulong Seed(long attemptSeed, int position) => new Draws(unchecked((ulong)attemptSeed * 0x9E3779B97F4A7C15 + (ulong)position)).Next();

    public int Next(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
