using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>What a page causes in the database happens a moment later.</summary>
public static class Waiting
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Waits until something in this process has come about.</summary>
    public static async Task Until(Func<bool> isSo)
    {
        using CancellationTokenSource patience = new(Patience);
        using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
        while (!isSo())
        {
            Assert.False(patience.IsCancellationRequested, "It has not come about in time.");
            await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    extension(TriposApp site)
    {
        /// <summary>Waits until a query that returns one text says so.</summary>
        public async Task Eventually(string sql, string expected, params object?[] values)
        {
            using CancellationTokenSource patience = new(Patience);
            using PeriodicTimer look = new(TimeSpan.FromMilliseconds(50));
            while (await site.Value<string?>(sql, values) is var found && found != expected)
            {
                if (patience.IsCancellationRequested)
                {
                    Assert.Equal(expected, found);
                }

                await look.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
    }
}
