namespace Tripos.Bench;

/// <summary>Prints for people; with --json the people's part goes to stderr and stdout ends with one object per benchmark.</summary>
public sealed class Report(bool json)
{
    private readonly TextWriter _out = json ? Console.Error : Console.Out;

    public void Title(string name) => _out.WriteLine($"\n== {name}");

    public void Line(string text) => _out.WriteLine(text);
}

/// <summary>Latencies of one run.</summary>
public sealed class Latencies
{
    private readonly List<double> _ms = [];

    public int Count => _ms.Count;

    public void Add(double ms) => _ms.Add(ms);

    public void AddAll(Latencies other) => _ms.AddRange(other._ms);

    /// <summary>The q-quantile in ms, q in [0, 1].</summary>
    public double Quantile(double q)
    {
        _ms.Sort();
        return _ms.Count == 0 ? 0 : _ms[Math.Min(_ms.Count - 1, (int)(q * _ms.Count))];
    }
}

/// <summary>What a closed loop of connections achieved.</summary>
public sealed record LoadResult(double PerSecond, Latencies Latencies, int Failures, string Cpu = "")
{
    public override string ToString() =>
        $"{PerSecond,9:N0}/s   p50 {Latencies.Quantile(0.5),7:N2} ms   p95 {Latencies.Quantile(0.95),7:N2} ms   p99 {Latencies.Quantile(0.99),7:N2} ms{(Failures > 0 ? $"   {Failures} FAILED" : "")}";
}
