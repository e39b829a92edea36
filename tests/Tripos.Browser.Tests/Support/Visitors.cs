using Microsoft.Playwright;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>People of the cast in front of a browser.</summary>
public static class Visitors
{
    extension(TriposApp site)
    {
        /// <summary>A browser profile of its own, signed in as the person; closes with the test.</summary>
        public async Task<IBrowserContext> OpensBrowser(Chromium chromium, Person? person, ColorScheme scheme = ColorScheme.Light, int width = 1200, int height = 800, bool script = true)
        {
            var context = await chromium.Browser.NewContextAsync(new()
            {
                BaseURL = site.ClientOptions.BaseAddress.ToString(),
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = height },
                TimezoneId = "Europe/Berlin",
                Locale = "en-GB",
                JavaScriptEnabled = script,
                ReducedMotion = ReducedMotion.Reduce,
            });
            context.SetDefaultTimeout(20_000);
            if (person is not null)
            {
                string named = Uri.EscapeDataString($"{person.Id} {string.Join(' ', person.Roles)}");
                await context.AddCookiesAsync([new() { Name = TestSignIn.Cookie, Value = named, Url = site.ClientOptions.BaseAddress.ToString() }]);
            }

            return context;
        }
    }
}
