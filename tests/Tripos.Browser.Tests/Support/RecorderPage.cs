using System.Text.Json;
using Microsoft.Playwright;

namespace Tripos.Browser.Tests.Support;

/// <summary>A page with nothing but the recorder, and a list of what it told.</summary>
public sealed class RecorderPage(IPage page, Guid attempt)
{
    private const string Html = """
        <!doctype html><html lang="en"><title>Recorder</title><button>Here</button>
        <script type="module">
            import { Recorder } from '/js/player/recorder.js';
            const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
            navigator.mediaDevices.getUserMedia = async (wanted) => window.stream = await getUserMedia(wanted);
            window.told = [];
            window.recorder = new Recorder(new URLSearchParams(location.search).get('attempt'), () => new Date());
            for (const name of ['asking', 'recording', 'stopped', 'uploading', 'waiting', 'done', 'refused', 'trouble', 'level']) {
                window.recorder.addEventListener(name, (event) => window.told.push({ name, ...event.detail }));
            }

            window.lengthOf = async (url) => {
                const bytes = await (await fetch(url)).arrayBuffer();
                return (await new OfflineAudioContext(1, 48000, 48000).decodeAudioData(bytes)).duration * 1000;
            };
            await window.recorder.resume();
            document.body.dataset.ready = '';
        </script></html>
        """;

    /// <summary>A function of a page that waits until so many seconds of sound are kept in the browser.</summary>
    public const string WaitForPieces = """
        async (atLeast) => {
            const count = () => new Promise((resolve) => {
                indexedDB.open('tripos-recordings', 1).onsuccess = ({ target }) => {
                    target.result.transaction('chunks').objectStore('chunks').count().onsuccess = (counted) => { target.result.close(); resolve(counted.target.result); };
                };
            });
            while ((await count()) < atLeast) {
                await new Promise(requestAnimationFrame);
            }
        }
        """;

    public async Task OpenAsync()
    {
        await page.RouteAsync("**/recorder-alone*", route => route.FulfillAsync(new() { ContentType = "text/html", Body = Html }));
        await page.GotoAsync($"/recorder-alone?attempt={attempt}");
        await IsReady();
    }

    public Task IsReady() => page.Locator("body[data-ready]").WaitForAsync();

    public async Task ReloadAsync()
    {
        await page.ReloadAsync();
        await IsReady();
    }

    public Task<bool> StartAsync(int limitMs = 40_000) => page.EvaluateAsync<bool>("limit => window.recorder.start(1, limit)", limitMs);

    public Task StopAsync() => page.EvaluateAsync("() => window.recorder.stop()");

    /// <summary>Waits until so many seconds of sound are kept in the browser.</summary>
    public Task KeepsPieces(int atLeast) => page.EvaluateAsync(WaitForPieces, atLeast);

    /// <summary>Waits until the recorder has told this, and returns what it told first.</summary>
    public async Task<JsonElement> Tells(string name, string which = "true")
    {
        try
        {
            var told = await page.WaitForFunctionAsync($"(name) => window.told.find((one) => one.name === name && {which})", name);
            return await told.JsonValueAsync<JsonElement>();
        }
        catch (TimeoutException)
        {
            Assert.Fail($"It never told \"{name}\", but {await page.EvaluateAsync<string>("JSON.stringify(window.told.filter((one) => one.name !== 'level'))")}");
            throw;
        }
    }

    public Task UnplugAsync() => page.EvaluateAsync("() => { const [track] = window.stream.getAudioTracks(); track.stop(); track.dispatchEvent(new Event('ended')); }");

    /// <summary>How long the stored recording plays, as the browser decodes it.</summary>
    public Task<double> PlaysMs(Guid recording) => page.EvaluateAsync<double>("(url) => window.lengthOf(url)", $"/api/attempts/{attempt}/recordings/{recording}/audio");
}
