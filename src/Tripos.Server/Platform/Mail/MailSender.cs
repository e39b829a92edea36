using System.Net;
using System.Net.Mail;
using System.Text;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Mail;

/// <summary>Delivers through the SMTP server named in Tripos:Mail, else into the folder mail of the data folder, where a laptop's owner can read it.</summary>
public sealed partial class MailSender(IConfiguration configuration, TimeProvider clock, ILogger<MailSender> log)
{
    private readonly Settings _settings = configuration.GetSection("Tripos:Mail").Get<Settings>() ?? new();
    private readonly string _folder = Path.Combine(DataFolder.Of(configuration), "mail");

    public async Task SendAsync(OutgoingMail mail, CancellationToken ct)
    {
        using var message = new MailMessage(new MailAddress(_settings.From, "Tripos"), new MailAddress(mail.To))
        {
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
        };
        if (_settings.Host is { Length: > 0 } host)
        {
            using var client = new SmtpClient(host, _settings.Port) { EnableSsl = _settings.Tls };
            if (_settings.User is { Length: > 0 })
            {
                client.Credentials = new NetworkCredential(_settings.User, _settings.Password);
            }

            await client.SendMailAsync(message, ct);
        }
        else
        {
            await KeepAsync(message, ct);
        }
    }

    /// <summary>Unencoded, so that the link in it can be copied.</summary>
    private async Task KeepAsync(MailMessage message, CancellationToken ct)
    {
        Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var now = clock.GetUtcNow();
        string file = Path.Combine(_folder, $"{now:yyyyMMdd-HHmmss}-{Guid.CreateVersion7():n}.eml");
        await File.WriteAllTextAsync(file, $"""
            Date: {now:r}
            From: {message.From}
            To: {message.To}
            Subject: {message.Subject}
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {message.Body}
            """, ct);
        Kept(log, file);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "No mail server is set (Tripos:Mail:Host), so the message was kept: {File}")]
    private static partial void Kept(ILogger log, string file);

    internal sealed record Settings
    {
        public string? Host { get; init; }
        public int Port { get; init; } = 587;
        public bool Tls { get; init; } = true;
        public string? User { get; init; }
        public string? Password { get; init; }
        public string From { get; init; } = "tripos@localhost";
    }
}
