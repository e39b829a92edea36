using System.Diagnostics;

namespace Tripos.Server.Platform.Web;

/// <summary>Tells the log about requests that took more than a second: route and time, never what was sent.</summary>
internal static partial class SlowRequests
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(1);

    public static void UseSlowRequestLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Tripos.Server.Requests");
        app.Use(async (http, next) =>
        {
            long started = Stopwatch.GetTimestamp();
            try
            {
                await next(http);
            }
            finally
            {
                var elapsed = Stopwatch.GetElapsedTime(started);
                if (elapsed > Slow && !http.WebSockets.IsWebSocketRequest)
                {
                    Took(log, http.Request.Method, (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)", http.Response.StatusCode, (long)elapsed.TotalMilliseconds);
                }
            }
        });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} {Route} answered {Status} after {ElapsedMs} ms")]
    private static partial void Took(ILogger log, string method, string route, int status, long elapsedMs);
}
