namespace Tripos.Server.Platform.Mail;

/// <summary>A message to one person, in plain text. Put it on its way with <c>EnqueueAsync(OutgoingMail.Kind, mail, ct)</c>, so that it leaves only after the commit.</summary>
public sealed record OutgoingMail(string To, string Subject, string Text)
{
    /// <summary>The kind of its jobs; the payload is wiped once sent, because links in it open accounts.</summary>
    public const string Kind = "send-mail";
}
