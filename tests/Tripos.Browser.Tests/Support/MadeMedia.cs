using System.Text;
using Microsoft.Playwright;

namespace Tripos.Browser.Tests.Support;

/// <summary>Pictures and sounds for questions whose files are in no library: the browser gets them made up.</summary>
public static class MadeMedia
{
    private const string Picture = """
        <svg xmlns="http://www.w3.org/2000/svg" width="800" height="500" viewBox="0 0 800 500">
        <rect width="800" height="500" fill="#eef3f2"/><rect x="40" y="25" width="400" height="200" fill="#8cc7a1"/><circle cx="560" cy="350" r="120" fill="#7fb0dd"/>
        <rect x="600" y="40" width="150" height="120" fill="#e2b36d"/><rect x="80" y="320" width="180" height="120" fill="#c98bb0"/>
        <text x="240" y="130" font-size="32" text-anchor="middle">North</text><text x="560" y="360" font-size="32" text-anchor="middle">South</text></svg>
        """;

    public static Task ServeAsync(IBrowserContext context) => context.RouteAsync("**/media/*", route => route.Request.Url.Contains("aaaa", StringComparison.Ordinal)
        ? route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = Picture })
        : route.FulfillAsync(new() { ContentType = "audio/wav", BodyBytes = Tone(seconds: 4) }));

    /// <summary>A quiet tone as WAV, 8 kHz, 8 bit, one channel.</summary>
    public static byte[] Tone(int seconds)
    {
        byte[] samples = [.. Enumerable.Range(0, 8000 * seconds).Select(i => (byte)(128 + (20 * Math.Sin(i * 440 * 2 * Math.PI / 8000))))];
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Encoding.ASCII.GetBytes("RIFF"));
        writer.Write(36 + samples.Length);
        writer.Write(Encoding.ASCII.GetBytes("WAVEfmt "));
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(8000);
        writer.Write((short)1);
        writer.Write((short)8);
        writer.Write(Encoding.ASCII.GetBytes("data"));
        writer.Write(samples.Length);
        writer.Write(samples);
        return stream.ToArray();
    }
}
