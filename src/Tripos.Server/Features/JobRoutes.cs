using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Mail;

namespace Tripos.Server.Features;

/// <summary>Which fact wakes which feature: the whole wiring on one screen.</summary>
public static class JobRoutes
{
    public static readonly IReadOnlyDictionary<string, JobHandler> All = new Dictionary<string, JobHandler>(StringComparer.Ordinal)
    {
        [OutgoingMail.Kind] = JobHandler.For<OutgoingMail>((services, mail, ct) => services.GetRequiredService<MailSender>().SendAsync(mail, ct), hasSecrets: true),
    };
}
