using Microsoft.Playwright;
using Tripos.Server.Tests.Support;

[assembly: AssemblyFixture(typeof(Tripos.Browser.Tests.Support.Chromium))]

namespace Tripos.Browser.Tests.Support;

/// <summary>One browser for the whole run; every test opens a profile of its own in it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--use-fake-device-for-media-stream", $"--use-file-for-fake-audio-capture={Voice}", // the microphone; a test that wants it grants the permission
    ];

    /// <summary>Somebody who speaks, over and over: 16 bits, 8 kHz, one channel.</summary>
    private static string Voice => System.IO.Path.Combine(SourceTree.Root, "tests/Tripos.Browser.Tests/Fixtures/voice.wav");

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    /// <summary>TRIPOS_CHROMIUM when set, else the system's chromium.</summary>
    private static string Path => Environment.GetEnvironmentVariable("TRIPOS_CHROMIUM") is { Length: > 0 } named ? named : "/usr/bin/chromium";

    public async ValueTask InitializeAsync()
    {
        Assert.True(File.Exists(Path), $"The browser tests need {Path}: install the package chromium, or set TRIPOS_CHROMIUM.");
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Path, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
