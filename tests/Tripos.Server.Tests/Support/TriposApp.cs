using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Tests.Support;

/// <summary>The real server on a real, private PostgreSQL database, cloned from a migrated template, with the cast in it.</summary>
public class TriposApp : WebApplicationFactory<Program>, IAsyncLifetime
{
    private readonly string _data = Path.Combine(Path.GetTempPath(), $"tripos-test-{Guid.CreateVersion7():n}");
    private readonly bool _ownsDatabase = true;
    private TestDatabase _database = null!;

    public TriposApp()
    {
    }

    private TriposApp(TestDatabase shared) => (_database, _ownsDatabase) = (shared, false);

    /// <summary>One more server on the same database, as behind a load balancer; to be disposed of before this one.</summary>
    public TriposApp AnotherServer() => new(_database);

    /// <summary>Straight into the database, to arrange and to look.</summary>
    public NpgsqlDataSource Sql => _database.Source;

    /// <summary>For servers of their own on the same database.</summary>
    public string ConnectionString => _database.ConnectionString;

    /// <summary>The server's data folder: files, outgoing mail.</summary>
    public string DataFolder => _data;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await Cast.ArriveAsync(Sql);
        await BeforeStartAsync();
        await StartAsync();
    }

    /// <summary>A client signed in as one of the cast; follows no redirects.</summary>
    public HttpClient As(Person person)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add(TestSignIn.Header, $"{person.Id} {string.Join(' ', person.Roles)}");
        return client;
    }

    /// <summary>A client that nobody has signed in: the way to test the real cookies and tokens.</summary>
    public HttpClient Anonymous() => CreateClient(new() { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });

    /// <summary>Does every job that is due, as the server's worker would.</summary>
    public async Task RunJobsAsync()
    {
        while (await Services.GetRequiredService<JobRunner>().RunOneAsync(TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>Judges every answer that is due in the queue of an evaluator, as the server's worker would.</summary>
    public async Task RunEvaluationsAsync(EvaluatorKind evaluator = EvaluatorKind.Local)
    {
        await RunJobsAsync();
        while (await Services.GetRequiredService<EvaluateNext>().RunAsync(evaluator, TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>Brings ratings, statistics and everything else that is derived up to date, as the server's worker would.</summary>
    public Task<int> RunFoldsAsync() => Services.GetRequiredService<FoldRunner>().RunDueAsync(TestContext.Current.CancellationToken);

    /// <summary>False for tests, which say themselves when jobs run.</summary>
    protected virtual bool RunsJobsItself => false;

    /// <summary>What a subclass needs to know its settings.</summary>
    protected virtual ValueTask BeforeStartAsync() => default;

    /// <summary>Settings of a subclass.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings => [];

    /// <summary>What a subclass starts beside the server.</summary>
    protected virtual ValueTask StartAsync() => default;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("TRIPOS_DATABASE", _database.ConnectionString);
        builder.UseSetting("TRIPOS_DATA", _data);
        builder.UseSetting("Tripos:Workers", $"{RunsJobsItself}");
        builder.UseSetting("Accounts:PasswordIterations", "1000");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(TestSignIn.Add);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_ownsDatabase)
        {
            await _database.DisposeAsync();
        }

        if (Directory.Exists(_data))
        {
            Directory.Delete(_data, recursive: true);
        }

        GC.SuppressFinalize(this);
    }
}

/// <summary>The same server on a real port, for browsers.</summary>
public sealed class TriposSite : TriposApp
{
    public TriposSite() => UseKestrel(0);

    public Uri Address => ClientOptions.BaseAddress;

    protected override bool RunsJobsItself => true;

    protected override ValueTask StartAsync()
    {
        StartServer();
        return default;
    }
}
