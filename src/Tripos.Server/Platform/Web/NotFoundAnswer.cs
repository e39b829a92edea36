using Microsoft.AspNetCore.Components;

namespace Tripos.Server.Platform.Web;

public static class NotFoundAnswer
{
    extension(NavigationManager navigation)
    {
        /// <summary>
        /// Ends a page about something that is not there, or not for this reader. A post to it is answered 404 as well, where the
        /// framework would say 400 because the page that holds the form was never drawn.
        /// </summary>
        public void NotFound(HttpContext http)
        {
            http.Response.OnStarting(() =>
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            });
            navigation.NotFound();
        }
    }
}
