namespace Tripos.Server.Platform;

/// <summary>
/// Something a feature does once the database is migrated and before the server listens; the text it returns is printed
/// when the server is ready, null for nothing. It stops the start by throwing <see cref="Data.SetupException"/>.
/// </summary>
/// <param name="RunAsync">Gets the services of one scope and where the server is about to listen.</param>
public sealed record StartStep(Func<IServiceProvider, ListenAddresses, CancellationToken, Task<string?>> RunAsync);

/// <summary>The addresses the server listens on.</summary>
public sealed record ListenAddresses(IReadOnlyList<string> Urls)
{
    /// <summary>True when only programs on this machine can reach the server.</summary>
    public bool AreLoopback => Urls.All(url => BindingAddress.Parse(url).Host is "127.0.0.1" or "localhost" or "[::1]");

    public static ListenAddresses Of(IConfiguration configuration) => new((configuration["urls"] ?? "http://127.0.0.1:5080").Split(';', StringSplitOptions.RemoveEmptyEntries));
}
