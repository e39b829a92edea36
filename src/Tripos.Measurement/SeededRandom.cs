namespace Tripos.Measurement;

/// <summary>A small deterministic generator (SplitMix64; Steele, Lea and Flood 2014): the same seed gives the same draws on every machine and version.</summary>
internal struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Uniform in [0, 1) with 53 bits.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in 0..count-1; the bias of the multiplication is below count/2^64.</summary>
    public int Next(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
