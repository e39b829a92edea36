using Tripos.Server.Features;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Authoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Demo;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Folds;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Features.Live;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Features.Mocks;
using Tripos.Server.Features.Practice;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Features.Review;
using Tripos.Server.Features.SharedAnswers;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Cli;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

return await TriposCli.RunAsync(args);

/// <summary>The composition root: one line per feature.</summary>
public partial class Program
{
    /// <summary>Puts the server together without starting it; verbs of the command line use its services.</summary>
    internal static WebApplication Build(string[] settings)
    {
        var builder = WebApplication.CreateBuilder(settings);
        builder.AddPlatform();
        builder.AddJobs(JobRoutes.All);
        builder.Services.AddAccounts().AddCatalog().AddAttempts().AddMediaStore().AddRecordings().AddInterchange().AddAuthoring().AddFolds(builder.Configuration).AddPractice().AddReview().AddLive().AddEvaluation(builder.Configuration).AddDemo();

        var app = builder.Build();
        app.UsePlatform();
        app.MapRazorComponents<App>().RequireAuthorization(Policies.SignedIn).WithStaticAssets();
        app.MapTheme();
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccounts();
        app.MapAttempts();
        app.MapFolds();
        app.MapPractice();
        app.MapReview();
        app.MapLive();
        app.MapEvaluation();
        app.MapMediaStore();
        app.MapRecordings();
        app.MapInterchange();
        app.MapMocks();
        app.MapAuthoring();
        app.MapSharedAnswers();
        return app;
    }
}
