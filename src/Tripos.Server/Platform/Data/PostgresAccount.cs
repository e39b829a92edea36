namespace Tripos.Server.Platform.Data;

/// <summary>Who runs PostgreSQL: ourselves, or an account without rights when we are root, because PostgreSQL refuses to run as root.</summary>
/// <param name="Name">The account; null when it is our own.</param>
internal sealed record PostgresAccount(string? Name)
{
    private static readonly string[] Preferred = ["tripos", "nobody"];
    private string[] _prefix = [];

    public static async Task<PostgresAccount> ChooseAsync(CancellationToken ct)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return new((string?)null);
        }

        if (!await ExistsAsync(Preferred[0], ct))
        {
            await ToolProcess.RunAsync(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", Preferred[0]], ct);
        }

        foreach (string name in Preferred)
        {
            if (await ExistsAsync(name, ct))
            {
                return new(name) { _prefix = ["setpriv", $"--reuid={name}", $"--regid={await GroupAsync(name, ct)}", "--clear-groups"] };
            }
        }

        throw new SetupException("PostgreSQL does not run as root, and there is no account to run it. Make one (useradd --system tripos), or start Tripos as an ordinary user.");
    }

    /// <summary>Makes the account able to reach the folders, whatever lies above them (a checkout in /root, say).</summary>
    public async Task ReachAsync(string[] folders, CancellationToken ct)
    {
        if (Name is null || await CanEnterAsync(folders, ct))
        {
            return;
        }

        // Only then: the right to pass closed folders. Reading is enough; containers often grant only the wider one.
        string[] plain = _prefix;
        foreach (string right in (string[])["dac_read_search", "dac_override"])
        {
            _prefix = [.. plain, $"--inh-caps=+{right}", $"--ambient-caps=+{right}", "--securebits=+no_setuid_fixup"]; // the last one makes access(2) agree
            if (await CanEnterAsync(folders, ct))
            {
                return;
            }
        }

        throw new SetupException($"The account {Name}, which runs PostgreSQL because Tripos was started as root, may not enter {string.Join(" or ", folders)}. Open the folders above, choose another with --data, or start Tripos as an ordinary user.");
    }

    public Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken ct) => ToolProcess.RunAsync([.. _prefix, .. command], ct);

    public async Task OwnAsync(string folder, CancellationToken ct)
    {
        if (Name is not null && await ToolProcess.RunAsync(["chown", "-hR", Name, folder], ct) is { Succeeded: false } failed)
        {
            throw new SetupException($"{folder} cannot be given to the account {Name}, which runs PostgreSQL: {failed.Tail}");
        }
    }

    private async Task<bool> CanEnterAsync(string[] folders, CancellationToken ct)
    {
        string tests = string.Join(" && ", folders.Select((_, i) => $"cd \"${{{i + 1}}}\" && test -x ."));
        return (await RunAsync(["sh", "-c", tests, "sh", .. folders], ct)).Succeeded;
    }

    private static async Task<bool> ExistsAsync(string name, CancellationToken ct) => (await ToolProcess.RunAsync(["id", "-u", name], ct)).Succeeded;

    private static async Task<string> GroupAsync(string name, CancellationToken ct) => (await ToolProcess.RunAsync(["id", "-g", name], ct)).Output.Trim();
}
