using Npgsql;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Mail;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Platform.Mail;

public sealed class MailTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Without_a_mail_server_the_message_lies_in_the_data_folder_with_its_link_whole()
    {
        string link = $"http://127.0.0.1:5080/reset?token={new string('x', 200)}";
        await using var connection = await app.Sql.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.EnqueueAsync(OutgoingMail.Kind, new OutgoingMail("ada@example.org", "Schlüssel", $"Follow {link}"), TestContext.Current.CancellationToken);

        await app.RunJobsAsync();

        string mail = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(Path.Combine(app.DataFolder, "mail"))), TestContext.Current.CancellationToken);
        Assert.Contains("To: ada@example.org", mail, StringComparison.Ordinal);
        Assert.Contains("Subject: Schlüssel", mail, StringComparison.Ordinal);
        Assert.Contains(link, mail, StringComparison.Ordinal);
    }
}
