using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Mail;

namespace Tripos.Server.Features;

/// <summary>Which fact wakes which feature: the whole wiring on one screen.</summary>
public static class JobRoutes
{
    public static readonly IReadOnlyDictionary<string, JobHandler> All = new Dictionary<string, JobHandler>(StringComparer.Ordinal)
    {
        [OutgoingMail.Kind] = JobHandler.For<OutgoingMail>((services, mail, ct) => services.GetRequiredService<MailSender>().SendAsync(mail, ct), hasSecrets: true),
        [RunImport.Kind] = JobHandler.For<Guid>((services, id, ct) => RunImport.RunAsync(id, services.GetRequiredService<ImportLimits>(), services.GetRequiredService<NpgsqlDataSource>(), ct)),
        [FreeAnswers.Kind] = JobHandler.For<FreeAnswers>(EvaluationFeature.OnFreeAnswersAsync),
    };
}
