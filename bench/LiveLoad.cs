using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Tripos.Bench;

/// <summary>The learners' pages and walls of a benchmark: a Node process with the official SignalR client, told what to do by lines of JSON.</summary>
public sealed class LiveLoad : IAsyncDisposable
{
    private readonly Process _node;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _waiting = new();
    private int _sent;

    private LiveLoad(Process node)
    {
        _node = node;
        _node.OutputDataReceived += (_, line) => Hear(line.Data);
        _node.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        _node.BeginOutputReadLine();
        _node.BeginErrorReadLine();
    }

    public int ProcessId => _node.Id;

    public static LiveLoad Start() => new(Process.Start(new ProcessStartInfo("node", [Path.Combine(Here(), "live/load.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!);

    public async Task<JsonElement> DoAsync(string command, object? given = null)
    {
        int id = Interlocked.Increment(ref _sent);
        var answer = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var fields = JsonSerializer.SerializeToNode(given ?? new { }, JsonSerializerOptions.Web)!.AsObject();
        fields["id"] = id;
        fields["command"] = command;
        await _node.StandardInput.WriteLineAsync(fields.ToJsonString());
        await _node.StandardInput.FlushAsync();
        return await answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _node.StandardInput.Close();
        await _node.WaitForExitAsync();
        _node.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            foreach (var waiting in _waiting.Values)
            {
                waiting.TrySetException(new InvalidOperationException("The load ended before it answered."));
            }

            return;
        }

        var answer = JsonSerializer.Deserialize<JsonElement>(line);
        if (_waiting.TryRemove(answer.GetProperty("id").GetInt32(), out var asked))
        {
            _ = answer.TryGetProperty("error", out var error) ? asked.TrySetException(new InvalidOperationException(error.GetString())) : asked.TrySetResult(answer);
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
